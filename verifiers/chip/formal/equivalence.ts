import { type CheckResult, skipped } from '../../rubric.ts';
import type { Diagnostic, Strength } from '../../verdict.ts';
import { type Comparison, compareSamples } from '../comparison/compare.ts';
import { type RunOptions, runDesign } from '../icarus/run-design.ts';
import type { Oracle } from '../reference.ts';
import { untilCancelled } from '../shared-work.ts';
import type { ChipSpec } from '../spec.ts';
import { preprocess } from '../verilog/preprocess.ts';
import type { TimeModel } from './clocking.ts';
import { readNetlist } from './netlist.ts';
import { type ProofResult, prove } from './prove.ts';
import { referenceNetlist } from './reference-netlist.ts';
import { replayPlan } from './replay.ts';
import type { Step } from './steps.ts';
import type { YosysContext } from './yosys.ts';

export type EquivalenceOptions = Omit<RunOptions, 'plan'> & {
  reference: string;
  oracle: Oracle;
  /** CPU time of each run of Yosys. */
  cpuSeconds?: number;
};

/**
 * How a design stands to the reference. `different` only where a simulation of both has shown it; `unknown` says why, as
 * a whole sentence without the design's own names.
 */
export type Equivalence =
  | { outcome: 'proved'; by: TimeModel['by'] }
  | { outcome: 'bounded'; by: TimeModel['by']; steps: number }
  | { outcome: 'different'; steps: Step[]; comparison: Comparison }
  | { outcome: 'unknown'; why: string };

const usualCpuSeconds = 1;

/**
 * Holds a canonical design against the reference by proof. Each is read alone, in a sandbox of its own; only their
 * netlists meet. Neither program nor message of Yosys reaches the result: it is made of exit codes, and of inputs whose
 * effect a simulation of each design alone has confirmed.
 */
export async function compareByProof(text: string, options: EquivalenceOptions): Promise<Equivalence> {
  const { sandbox, tools, spec, signal, cpuSeconds = usualCpuSeconds } = options;
  const { yosys } = tools;
  if (!yosys) return unknown('Yosys is not installed, so nothing was proved');
  const context: YosysContext = { sandbox, yosys, cpuSeconds, ...(signal && { signal }) };
  const reference = await untilCancelled(referenceNetlist(options, context), signal);
  if ('why' in reference) return unknown(`the reference ${reference.why}, so nothing was proved`);
  const candidate = await readNetlist(text, spec, context);
  if ('why' in candidate) return unknown(`the design ${candidate.why}, so nothing was proved`);
  const proof = await prove(reference, candidate, spec, context);
  if (proof.outcome === 'unknown') return unknown(`the proof ${proof.why}`);
  if (proof.outcome === 'refuted') return confirm(text, proof, options);
  const { model, ...result } = proof;
  return { ...result, by: model.by };
}

const unknown = (why: string): Equivalence => ({ outcome: 'unknown', why });

/** Simulates both designs under a counterexample: what no simulation shows is no fault of the design. */
async function confirm(
  text: string,
  { steps, model }: Extract<ProofResult, { outcome: 'refuted' }>,
  { reference, oracle: _oracle, ...options }: EquivalenceOptions,
): Promise<Equivalence> {
  const plan = replayPlan(options.spec, steps, model);
  const expected = await runDesign(preprocess(reference).design?.text ?? '', { ...options, plan });
  const got = await runDesign(text, { ...options, plan });
  const isWhole = expected.trace.length > 0 && expected.trace.length === got.trace.length;
  const comparison = compareSamples(plan, expected.trace, got.trace);
  if (isWhole && comparison.first) return { outcome: 'different', steps, comparison };
  return unknown('the proof found a difference that no simulation shows');
}

/**
 * The check that a proof makes. What could not be proved is never held against a design that was simulated right, unless
 * the task requires a proof. Diagnostics name outputs and counts alone.
 */
export function equivalenceCheck(found: Equivalence, mode: ChipSpec['equivalence']): CheckResult {
  const name = 'equivalence';
  if (found.outcome === 'proved')
    return { name, outcome: 'pass', score: 1, diagnostics: [], evidence: { proof: 'proved', by: found.by } };
  if (found.outcome === 'different') {
    const { steps, comparison } = found;
    const diagnostics = comparison.mismatches.map(({ output }) =>
      error(`output ${output} differs from the reference, as a proof found`, 'mismatch'),
    );
    return { name, outcome: 'fail', score: 0, diagnostics, evidence: { inputs: steps, ...comparison } };
  }
  const isBounded = found.outcome === 'bounded';
  const why = isBounded ? `no difference was found within ${found.steps} steps, and no proof` : found.why;
  if (mode === 'require') return { name, outcome: 'fail', score: 0, diagnostics: [error(why, 'unproved')] };
  if (!isBounded) return skipped(name, why);
  const diagnostics: Diagnostic[] = [{ severity: 'info', message: why }];
  const evidence = { proof: 'bounded', by: found.by, steps: found.steps };
  return { name, outcome: 'pass', score: 0.5, diagnostics, evidence };
}

const error = (message: string, code: string): Diagnostic => ({ severity: 'error', message, code });

/** What a pass means by a proof, where it means more than by what was simulated. */
export function strengthOfProof(found: Equivalence | undefined): Strength | undefined {
  return found?.outcome === 'proved' || found?.outcome === 'bounded' ? found.outcome : undefined;
}
