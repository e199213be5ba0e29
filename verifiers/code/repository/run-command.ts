import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AssayError } from '../../errors.ts';
import type { JudgeInput } from '../../judge.ts';
import { createRandom } from '../../random.ts';
import { type CaseResult, failed } from '../case-result.ts';
import { describeEnding, head, type Reason } from '../ending.ts';
import { jobLimits } from '../limits.ts';
import type { Built } from './built.ts';
import { counted } from './counted.ts';
import { readReport } from './report.ts';
import type { Corruption, RepositorySpec, TestsBy } from './spec.ts';
import { type Files, filesOf, jobFiles } from './tree.ts';

/** The program that runs commands. */
const commandsDriver = ['python3', '-s', '-S', '-B', '/opt/assay/drivers/commands.py'] as const;

type Input = JudgeInput<RepositorySpec>;
type Command = TestsBy<'command'>;

/**
 * Runs tests that stand beside the candidate. A report in which all pass counts only once it was seen to tell of
 * failures too: where an expectation is corrupted, the tests that the task says must fail, and no others.
 */
export async function runCommand(input: Input, tests: Command, built: Built): Promise<CaseResult[]> {
  const files = filesOf(tests.files);
  const results = counted(input.spec, await runOnce(input, tests, built, files));
  if (results.some(({ passed }) => !passed)) return results;
  for (const corruption of shuffled(tests.corruptions, input.seed)) {
    const again = counted(input.spec, await runOnce(input, tests, built, corrupted(files, corruption)));
    const forged = forgery(again, corruption);
    if (forged) return [...results.filter(({ name }) => name !== forged.name), forged];
  }
  return results;
}

/** The order in which they are met is not to be foreseen. */
function shuffled(corruptions: readonly Corruption[], seed: number): Corruption[] {
  const random = createRandom(`corruptions ${seed}`);
  const rest = [...corruptions];
  return corruptions.flatMap(() => rest.splice(random.below(rest.length), 1));
}

function corrupted(files: Files, { file, replace, with: text }: Corruption): Files {
  const before = files[file] ?? '';
  const parts = before.split(replace);
  if (parts.length !== 2) {
    throw new AssayError('TASK_INVALID', `the corruption of ${file} must replace what stands there once`);
  }
  return { ...files, [file]: parts.join(text) };
}

/** What shows that a report is not that of the tests; undefined when it is. */
function forgery(results: readonly CaseResult[], { fails }: Corruption): CaseResult | undefined {
  const wrong = results.find(({ name, passed }) => fails.includes(name) === passed);
  if (!wrong) return undefined;
  const text = `reports that "${wrong.name}" ${wrong.passed ? 'passes' : 'fails'} where an expectation is corrupted`;
  return failed(wrong.name, { code: 'forged', text });
}

async function runOnce(
  { spec, sandbox, signal }: Input,
  { run, report }: Command,
  built: Built,
  tests: Files,
): Promise<CaseResult[]> {
  const nonce = randomUUID();
  const steps = [...(spec.build?.steps ?? []), run];
  const limits = jobLimits(spec);
  const result = await sandbox.run(
    {
      argv: commandsDriver,
      files: [...built.files.filter(({ path }) => !Object.hasOwn(tests, path)), ...jobFiles(tests)],
      exchange: [JSON.stringify({ nonce, steps, report: report.file ?? null })],
      limits: { ...limits, diskBytes: limits.diskBytes + spaceBytes },
    },
    signal ? { signal } : {},
  );
  const [line] = result.replies;
  if (line === undefined) return [brokenOff(describeEnding(result.ending), head(result.stderr))];
  const reply = readReply(line, nonce);
  if (!reply) return [brokenOff({ code: 'protocol', text: 'wrote a forged line on the answer channel' })];
  const last = reply.steps.at(-1);
  const stopped = reply.report === null || reply.steps.length < steps.length;
  const words = last?.text.slice(0, 2000);
  if (stopped || reply.report === null) return [brokenOff({ code: 'exit', text: 'reported nothing' }, words)];
  const found = readReport(report.format, reply.report);
  return exitFits(found, last?.status ?? 0) ? found : [...found, brokenOff(badExit, words)];
}

/** What a build and its tests may write beside the tree. */
const spaceBytes = 48 << 20;

/** A command that reports no failure has to end well. */
function exitFits(results: readonly CaseResult[], status: number): boolean {
  return status === 0 || results.some(({ passed }) => !passed);
}

const badExit: Reason = { code: 'exit', text: 'ended badly though no test failed' };

function brokenOff(reason: Reason, said?: string): CaseResult {
  return failed('command', reason, said ? { said } : undefined);
}

const replySchema = z.strictObject({
  nonce: z.string(),
  steps: z.array(z.strictObject({ status: z.number(), text: z.string() })),
  report: z.string().nullable(),
});

/** The driver's own reply; undefined for any other. */
function readReply(line: string, nonce: string): z.infer<typeof replySchema> | undefined {
  const read = replySchema.safeParse(parsed(line));
  return read.success && read.data.nonce === nonce ? read.data : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
