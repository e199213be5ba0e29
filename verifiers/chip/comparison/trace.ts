import { type Plan, rowBytes } from '../stimulus/plan.ts';
import { traceFields } from './compare.ts';

/** Why a trace is not that of the whole simulation. */
export type TraceFault = {
  code: 'tampered' | 'ended-early' | 'inputs-driven';
  message: string;
  rows: number;
};

/**
 * Checks the form of what a simulator printed: each row of the plan once, in order, its inputs as they were driven, and
 * nothing else. `bytes` counts also what was not kept.
 */
export function traceFault(trace: string, bytes: number, plan: Plan): TraceFault | undefined {
  const stride = rowBytes(plan);
  const whole = Math.min(Math.floor(trace.length / stride), plan.rows.length);
  for (let row = 0; row < whole; row += 1) {
    const at = row * stride;
    const isRow = trace[at + stride - 1] === '\n' && /^[01xz]*$/.test(trace.slice(at, at + stride - 1));
    if (!isRow) return tampered(row);
    if (!trace.startsWith(plan.rows[row] ?? '', at))
      return drivenInputs(plan, row, trace.slice(at, at + stride));
  }
  if (bytes > plan.rows.length * stride) return tampered(whole);
  if (whole < plan.rows.length)
    return trace.length === whole * stride ? endedEarly(whole, plan.rows.length) : tampered(whole);
  return undefined;
}

const tampered = (rows: number): TraceFault => ({
  code: 'tampered',
  message: `after ${rows} samples the simulation printed something that is no sample`,
  rows,
});

const endedEarly = (rows: number, planned: number): TraceFault => ({
  code: 'ended-early',
  message: `the simulation ended after ${rows} of ${planned} samples`,
  rows,
});

/** Names the inputs alone: their levels are not for the policy to see. */
function drivenInputs(plan: Plan, row: number, line: string): TraceFault {
  const changed = traceFields(plan).inputs.filter(
    ({ from, to }) => line.slice(from, to) !== plan.rows[row]?.slice(from, to),
  );
  const names = changed.map(({ port }) => `"${port.name}"`).join(', ');
  return { code: 'inputs-driven', message: `the design drives its own inputs: ${names}`, rows: row };
}
