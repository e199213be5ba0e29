import type { ChipSpec } from '../spec.ts';
import { type Plan, rowBytes } from '../stimulus/plan.ts';
import { traceFields } from './compare.ts';

/** How often some bit of an output was seen to rise or to fall for the first time, of as many as there are. */
export type Coverage = { seen: number; all: number };

/**
 * What a trace shows of a design: the first rise and the first fall of each output bit, outside of the reset. A counter
 * that was not yet seen to wrap has bits that never fell.
 */
export function coverageOf(plan: Plan, trace: string, { reset }: ChipSpec): Coverage {
  const stride = rowBytes(plan);
  const { inputs, outputs } = traceFields(plan);
  const [from, to] = [outputs[0]?.from ?? 0, outputs.at(-1)?.to ?? 0];
  const resetAt = inputs.find(({ port }) => port.name === reset?.port)?.from;
  const inReset = (row: number) =>
    resetAt !== undefined && trace[row * stride + resetAt] === (reset?.active === 'low' ? '0' : '1');
  const seen = new Set<number>();
  const all = 2 * (to - from);
  for (let row = 1; row < plan.rows.length && seen.size < all; row += 1) {
    const now = trace.slice(row * stride + from, row * stride + to);
    const before = trace.slice((row - 1) * stride + from, (row - 1) * stride + to);
    if (now === before || inReset(row) || inReset(row - 1)) continue;
    for (let bit = 0; bit < now.length; bit += 1) {
      const change = `${before[bit]}${now[bit]}`;
      if (change === '01') seen.add(2 * bit);
      if (change === '10') seen.add(2 * bit + 1);
    }
  }
  return { seen: seen.size, all };
}
