import { AssayError } from '../errors.ts';
import { sha256 } from '../verdict.ts';
import { type Recording, recordBench } from './bench/record.ts';
import { undefinedOutputs } from './comparison/compare.ts';
import { coverageOf } from './comparison/coverage.ts';
import { traceFault } from './comparison/trace.ts';
import { endingFault } from './endings.ts';
import { comparePorts } from './icarus/elaborated-ports.ts';
import { type DesignRun, type RunOptions, runDesign } from './icarus/run-design.ts';
import { keepResults } from './kept-results.ts';
import type { ChipSpec } from './spec.ts';
import type { Plan } from './stimulus/plan.ts';
import { makePlan } from './stimulus/stimulus.ts';
import { literalsOf } from './verilog/literals.ts';
import { preprocess } from './verilog/preprocess.ts';
import { benchDesign, withModules } from './whole-design.ts';

/** What a candidate is held against: the stimulus and what the reference made of it. */
export type Oracle = { plan: Plan; trace: string; recording?: Recording };

export type OracleOptions = Pick<RunOptions, 'sandbox' | 'tools'> & {
  reference: string;
  spec: ChipSpec;
  seed: number;
};

const keptOracles = keepResults<Oracle>(
  96 << 20,
  ({ plan, trace }) => 2 * trace.length + 64 * plan.rows.length,
);

/**
 * Simulates a task's reference, alone in a sandbox of its own. The result is kept for the same reference, spec, seed and
 * simulator; callers that ask at the same time share one run.
 *
 * `TASK_REFERENCE_FAILED` when the reference does not compile, has other ports, does not end in its limits or never
 * defines an output; `TASK_INVALID` when the stimulus cannot be made.
 */
export function findOracle(options: OracleOptions): Promise<Oracle> {
  const { reference, spec, seed, tools } = options;
  // Whether their bench is also asked changes nothing of the oracle.
  const { bench } = spec;
  const asked = { ...spec, ...(bench && { bench: { ...bench, report: false } }) };
  const key = sha256(JSON.stringify([reference, asked, seed, tools.icarus.version]));
  return keptOracles(key, () => makeOracle(options));
}

async function makeOracle({ reference, spec, seed, sandbox, tools }: OracleOptions): Promise<Oracle> {
  const recording =
    spec.bench &&
    (await recordBench({ sandbox, spec, bench: spec.bench, reference: benchDesign(reference, spec) }));
  const { design, refused } = preprocess(withModules(reference, spec));
  if (!design) throw failed(`line ${refused.line}: ${refused.message}`);
  const literals = literalsOf(design.tokens);
  const simulated = async (extra: number) => {
    const plan = makePlan(spec, seed, { recorded: recording?.rows ?? [], literals, extra });
    // No signal: others may wait for the same run.
    const run = await runDesign(design.text, { sandbox, tools, spec, plan });
    return { plan, run };
  };
  const first = await simulated(0);
  checkReference(first.plan, first.run, spec);
  const { plan, run } = await extended(first, simulated, spec);
  return { plan, trace: run.trace, ...(recording && { recording }) };
}

type Simulated = { plan: Plan; run: DesignRun };

/**
 * Adds long stretches, twice as many each time, as long as they show more of the reference; what shows no more is left
 * out again, so that designs that have shown all cost nothing.
 */
async function extended(
  first: Simulated,
  simulated: (extra: number) => Promise<Simulated>,
  spec: ChipSpec,
): Promise<Simulated> {
  const { cycles, longest } = spec.stimulus.random;
  let best = first;
  if (!spec.clock || cycles === 0) return best;
  for (let extra = 2 * cycles; extra <= longest; extra *= 2) {
    const { seen, all } = coverageOf(best.plan, best.run.trace, spec);
    if (seen === all) return best;
    const next = await simulated(extra);
    if (faultOf(next.plan, next.run, spec)) return best;
    if (coverageOf(next.plan, next.run.trace, spec).seen <= seen) return best;
    best = next;
  }
  return best;
}

const faultOf = (plan: Plan, run: DesignRun, { limits }: ChipSpec) =>
  endingFault(run.ending, 'its simulation', limits) ?? traceFault(run.trace, run.traceBytes, plan);

function checkReference(plan: Plan, run: DesignRun, spec: ChipSpec): void {
  const errors = run.diagnostics.filter(({ severity }) => severity === 'error');
  const [error] = run.compiled ? [] : errors;
  if (error) throw failed(`line ${error.line}: ${error.message}`);
  const [difference] = comparePorts(spec.top, spec.ports, run.ports ?? []);
  if (run.elaborated && difference) throw failed(difference.message);
  const fault = faultOf(plan, run, spec);
  if (fault) throw failed(fault.message);
  const unknown = undefinedOutputs(plan, run.trace);
  if (unknown.length > 0)
    throw failed(
      `no stimulus makes it define ${unknown.join(', ')}, so nothing can be asked of a candidate there`,
    );
}

const failed = (why: string) =>
  new AssayError(
    'TASK_REFERENCE_FAILED',
    `the reference of the task cannot be used: ${why}; mend the reference or the task`,
  );
