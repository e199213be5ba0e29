import { AssayError } from '../../errors.ts';
import type { JudgeInput } from '../../judge.ts';
import type { JobResult } from '../../sandbox/index.ts';
import { judgeCalls, readReplies, runCalls } from '../calls/run-calls.ts';
import type { CallCase, CallsSpec } from '../calls/spec.ts';
import type { CaseResult } from '../case-result.ts';
import type { Apart } from '../compiled.ts';
import type { Mode } from '../mode.ts';
import type { Program } from '../program.ts';
import type { CallReply } from '../replies.ts';
import type { WireValue } from '../shared-spec.ts';
import type { Input } from './input.ts';
import { callsOf, inputName, inputsOf, redraw } from './inputs.ts';
import { shrink } from './shrink.ts';
import type { PropertiesSpec } from './spec.ts';

type Judged = JudgeInput<PropertiesSpec>;

/** Drawn inputs: the candidate must do on them what the reference does, which runs in a sandbox of its own. */
export const propertiesMode: Mode<PropertiesSpec> = {
  calledNames: ({ entry }) => [entry],
  testNames: ({ count }) => Array.from({ length: count }, (_, index) => inputName(index)),
  runFirst: async (input, program) => runOn(await drawnFor(input), input, program),
  judgeTests: judgeProperties,
};

const known = new WeakMap<Judged, Promise<Input[]>>();

/** The inputs of a verification, drawn once. */
function drawnFor(input: Judged): Promise<Input[]> {
  const drawn = known.get(input) ?? inputsOf(input.spec, input.seed, input);
  known.set(input, drawn);
  return drawn;
}

async function judgeProperties(
  input: Judged,
  program: Program,
  first: JobResult,
  apart: Apart,
): Promise<CaseResult[]> {
  const inputs = await drawnFor(input);
  const reference = await compileReference(input, apart);
  const results = judgeCalls(await expected(inputs, reference, reference.firstRun), first);
  const index = results.findIndex(({ passed }) => !passed);
  const [failing, result] = [inputs[index], results[index]];
  if (!failing || !result || result.passed || !shrinkable.has(result.reason.code)) return results;
  const simple = await simplest(failing, result.reason.code, input, program, reference);
  const evidence = { ...(simple ?? result).evidence, drawn: failing.args, seed: input.seed };
  return results.with(index, { ...result, evidence });
}

/** Failures of one call; limits that were hit would be hit again for every variant. */
const shrinkable = new Set(['wrong-value', 'wrong-arguments', 'exception', 'no-exception', 'unserialisable']);

/** The result of the simplest input found that fails in the same way. */
async function simplest(
  failing: Input,
  code: string,
  input: Judged,
  program: Program,
  reference: Reference,
): Promise<(CaseResult & { passed: false }) | undefined> {
  let found: (CaseResult & { passed: false }) | undefined;
  await shrink(failing.choices, async (variants) => {
    const made = await redraw(input.spec, variants, input);
    const drawn = made.flatMap((one, at) => (one ? [{ ...one, at }] : []));
    if (drawn.length === 0) return undefined;
    const calls = await expected(drawn, reference).catch(ignoreBroken);
    if (!calls) return undefined;
    const results = judgeCalls(calls, await runOn(drawn, input, program));
    const index = results.findIndex((result) => !result.passed && result.reason.code === code);
    const result = results[index];
    if (!result || result.passed) return undefined;
    found = result;
    return drawn[index]?.at;
  });
  return found;
}

/** A variant can lie outside of what the reference takes: then it is not looked at. */
function ignoreBroken(error: unknown): undefined {
  if (error instanceof AssayError && error.code === 'TASK_REFERENCE_FAILED') return undefined;
  throw error;
}

function runOn(
  inputs: readonly Input[],
  { spec, sandbox, signal }: Judged,
  program: Program,
): Promise<JobResult> {
  return runCalls(callsOf(spec, inputs), program, sandbox, signal ? { signal } : {});
}

/** The reference, with the input of a judge that runs it apart from candidates. */
type Reference = { input: Judged; program: Program; firstRun?: JobResult };

async function compileReference(input: Judged, { sandbox, compile }: Apart): Promise<Reference> {
  const { program, check, firstRun } = await compile(input.task.reference);
  if (program) return { input: { ...input, sandbox }, program, ...(firstRun && { firstRun }) };
  throw broken(`does not compile: ${check.diagnostics[0]?.message ?? 'no reason is known'}`);
}

/** The calls with what the reference does on each input; `ran` is its run on them, where it has been. */
async function expected(
  inputs: readonly Input[],
  { input, program }: Reference,
  ran?: JobResult,
): Promise<CallsSpec> {
  const calls = callsOf(input.spec, inputs);
  const result = ran ?? (await runOn(inputs, input, program));
  const replies = readReplies(calls, result)?.calls ?? [];
  const cases = calls.cases.map((test, index) => {
    const reply = replies[index];
    if (!reply) throw broken(`came to no end on ${show(test)} (${result.ending.by})`);
    return withOutcome(test, reply);
  });
  return { ...calls, cases };
}

function withOutcome({ name, args, argsAfter }: CallCase, reply: CallReply): CallCase {
  if ('undefined' in reply) throw broken(`has no function "${reply.undefined}"`);
  if ('unserialisable' in reply) throw broken(`gives ${reply.unserialisable} for ${show({ args })}`);
  // Written by the driver, around the reference of the task.
  const after = argsAfter && { argsAfter: (reply.argsAfter ?? []) as WireValue[] };
  const called = { ...(name !== undefined && { name }), args, ...after };
  if ('raised' in reply) return { ...called, raises: reply.raised.type };
  return { ...called, returns: reply.returned as WireValue };
}

const show = ({ args }: Pick<CallCase, 'args'>): string => JSON.stringify(args).slice(0, 300);

const broken = (how: string): AssayError =>
  new AssayError('TASK_REFERENCE_FAILED', `the task's reference ${how} — mend it, or narrow its generator`);
