import type { Sandbox } from '../../sandbox/index.ts';
import type { VerifiableTask } from '../../task.ts';
import { runDesign } from '../icarus/run-design.ts';
import { findTools } from '../icarus/tools.ts';
import { findOracle } from '../reference.ts';
import type { ChipSpec } from '../spec.ts';
import type { Plan } from '../stimulus/plan.ts';
import { gate } from '../verilog/gate.ts';
import { wholeDesign } from '../whole-design.ts';
import { type Comparison, compareSamples } from './compare.ts';

/** What the reference and a candidate did under one plan; `got` ends early where the candidate's simulation did. */
export type TraceComparison = Comparison & { plan: Plan; expected: string; got: string };

export type CompareTracesOptions = { sandbox: Sandbox; seed?: number; signal?: AbortSignal };

/**
 * Simulates a candidate and the reference as `verify` does, for a person who wants to look: see `traceToVcd`.
 * Undefined where the candidate does not come as far as simulation; its verdict says why.
 */
export async function compareTraces(
  task: VerifiableTask & { verify: ChipSpec },
  candidate: string,
  { sandbox, seed = 0, signal }: CompareTracesOptions,
): Promise<TraceComparison | undefined> {
  const spec = task.verify;
  const tools = await findTools(sandbox);
  const { plan, trace } = await findOracle({ reference: task.reference, spec, seed, sandbox, tools });
  const { text, refused } = wholeDesign(candidate, spec);
  const { design } = gate(text, spec);
  if (!design || refused) return undefined;
  const run = await runDesign(design.text, { sandbox, tools, spec, plan, ...(signal && { signal }) });
  if (!run.compiled) return undefined;
  return { ...compareSamples(plan, trace, run.trace), plan, expected: trace, got: run.trace };
}
