import type { CheckResult } from '../rubric.ts';
import type { Diagnostic } from '../verdict.ts';
import { compareSamples } from './comparison/compare.ts';
import { creditOf } from './comparison/credit.ts';
import { traceFault } from './comparison/trace.ts';
import { endingFault } from './endings.ts';
import type { DesignRun } from './icarus/run-design.ts';
import type { Oracle } from './reference.ts';
import type { ChipSpec } from './spec.ts';
import { sampleTable } from './waveform/table.ts';
import { windowOf } from './waveform/window.ts';

/**
 * Judges what a design did in simulation by what the reference did. The diagnostics name outputs and counts alone;
 * levels stand only in the evidence.
 */
export function simulate(run: DesignRun, { plan, trace }: Oracle, spec: ChipSpec): CheckResult {
  const totalCount = plan.rows.length;
  const fail = (
    diagnostics: Diagnostic[],
    passedCount: number,
    evidence?: unknown,
    score = 0,
  ): CheckResult => ({
    name: 'simulate',
    outcome: 'fail',
    score,
    passedCount,
    totalCount,
    diagnostics,
    ...(evidence !== undefined && { evidence }),
  });
  const stopped = endingFault(run.ending, 'the simulation', spec.limits);
  if (stopped) return fail([stopped], 0);
  // Equal traces need no second look: the reference's was looked at.
  const isSame = run.trace === trace && run.traceBytes === trace.length;
  const fault = isSame ? undefined : traceFault(run.trace, run.traceBytes, plan);
  if (fault) return fail([{ severity: 'error', message: fault.message, code: fault.code }], 0);
  const { mismatches, wrongRows, first } = compareSamples(plan, trace, run.trace);
  if (!first)
    return {
      name: 'simulate',
      outcome: 'pass',
      score: 1,
      passedCount: totalCount,
      totalCount,
      diagnostics: [],
    };
  const diagnostics = mismatches.map(({ output, samples, total }): Diagnostic => {
    const message = `output ${output} differs from the reference in ${samples} of ${total} samples`;
    return { severity: 'error', message, code: 'mismatch' };
  });
  const window = windowOf(plan, trace, run.trace, { row: first.row, before: 2, after: 0 });
  const around = sampleTable(window, spec.clock?.port);
  const score = spec.partialCredit && spec.partialCredit * creditOf(plan, trace, run.trace, spec);
  return fail(diagnostics, totalCount - wrongRows, { first, mismatches, around }, score);
}
