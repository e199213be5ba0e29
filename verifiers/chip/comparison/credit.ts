import type { ChipSpec } from '../spec.ts';
import { type Plan, rowBytes } from '../stimulus/plan.ts';
import { traceFields } from './compare.ts';

/**
 * How much of what the reference defines outside of the reset a wrong design got right, from 0 to 1: for each output the
 * share of its bits that agree, counted from what the best constant there would have earned; the mean over all outputs
 * that are no constants.
 */
export function creditOf(plan: Plan, expected: string, got: string, { reset }: ChipSpec): number {
  const stride = rowBytes(plan);
  const { inputs, outputs } = traceFields(plan);
  const resetAt = inputs.find(({ port }) => port.name === reset?.port)?.from;
  const active = reset?.active === 'low' ? '0' : '1';
  const rows = plan.rows.flatMap((row, at) =>
    resetAt !== undefined && row[resetAt] === active ? [] : [at * stride],
  );
  const credits = outputs.flatMap(({ from, to }) => {
    let [defined, agreeing, constant] = [0, 0, 0];
    for (let bit = from; bit < to; bit += 1) {
      const levels = { '0': 0, '1': 0, z: 0, x: 0 };
      for (const row of rows) {
        const level = (expected[row + bit] ?? 'x') as keyof typeof levels;
        levels[level] += 1;
        if (level !== 'x' && got[row + bit] === level) agreeing += 1;
      }
      defined += levels['0'] + levels['1'] + levels.z;
      constant += Math.max(levels['0'], levels['1'], levels.z);
    }
    return constant < defined ? [Math.max(0, (agreeing - constant) / (defined - constant))] : [];
  });
  return credits.length === 0 ? 0 : credits.reduce((sum, credit) => sum + credit, 0) / credits.length;
}
