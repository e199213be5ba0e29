import { AssayError } from '../../errors.ts';
import type { Sandbox } from '../../sandbox/index.ts';
import { compareSamples } from '../comparison/compare.ts';
import type { TraceComparison } from '../comparison/compare-traces.ts';
import { traceFault } from '../comparison/trace.ts';
import { runDesign } from '../icarus/run-design.ts';
import { type ChipTools, findTools } from '../icarus/tools.ts';
import { textOrEdited } from '../replaced.ts';
import { sourceText } from '../source.ts';
import type { ChipSpec, DirectedStep } from '../spec.ts';
import type { Plan } from '../stimulus/plan.ts';
import { makePlan } from '../stimulus/stimulus.ts';
import { preprocess } from '../verilog/preprocess.ts';
import { readAnswer } from './answer.ts';
import { type EquivalenceSpec, type OtherDesign, simulationSpec } from './spec.ts';

export type CounterexampleContext = { sandbox: Sandbox; tools: ChipTools; signal?: AbortSignal };

/** The texts of the designs of a task. */
export function designTexts({ designs }: EquivalenceSpec): {
  original: string;
  others: { name: string; text: string }[];
} {
  const original = sourceText(designs.original);
  return {
    original,
    others: designs.others.map((other) => ({ name: other.name, text: textOrEdited(other, original) })),
  };
}

/** Simulates the original and another design under some steps, each alone, and compares what both did. */
export async function tryCounterexample(
  spec: EquivalenceSpec,
  other: OtherDesign,
  steps: DirectedStep[],
  context: CounterexampleContext,
): Promise<TraceComparison> {
  const simulated = simulationSpec(spec, steps);
  const plan = makePlan(simulated, 0);
  const original = sourceText(spec.designs.original);
  const texts = [original, textOrEdited(other, original)];
  const [expected = '', got = ''] = await Promise.all(
    texts.map((text) => traceOf(text, simulated, plan, context)),
  );
  return { ...compareSamples(plan, expected, got), plan, expected, got };
}

/** `TASK_REFERENCE_FAILED` where a design of the task cannot be simulated; the steps cannot bring that about. */
async function traceOf(
  text: string,
  spec: ChipSpec,
  plan: Plan,
  context: CounterexampleContext,
): Promise<string> {
  const { design, refused } = preprocess(text);
  const run = design && (await runDesign(design.text, { ...context, spec, plan }));
  const fault = run && traceFault(run.trace, run.traceBytes, plan);
  if (run?.compiled && !fault) return run.trace;
  const why = refused?.message ?? run?.diagnostics[0]?.message ?? fault?.message ?? 'it does not compile';
  throw new AssayError('TASK_REFERENCE_FAILED', `a design of the task cannot be simulated: ${why}; mend it`);
}

/**
 * The first counterexample of an answer that shows a difference, for a person who wants to look; undefined where none
 * does. See `mismatchSvg`.
 */
export async function shownCounterexample(
  candidate: string,
  spec: EquivalenceSpec,
  { sandbox }: { sandbox: Sandbox },
): Promise<{ name: string; traces: TraceComparison } | undefined> {
  const tools = await findTools(sandbox);
  const { answer = new Map() } = readAnswer(candidate, spec);
  for (const other of spec.designs.others) {
    const steps = answer.get(other.name);
    if (!Array.isArray(steps)) continue;
    const traces = await tryCounterexample(spec, other, steps, { sandbox, tools });
    if (traces.first) return { name: other.name, traces };
  }
  return undefined;
}
