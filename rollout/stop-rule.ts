import type { Outcome } from './rollout-row.ts';

/**
 * Ends a run in which nothing works any more: without it, a policy server or a sandbox that is gone would fill the
 * file with rows that tell nothing. A value: `after` makes the next.
 */
export type StopRule = { failuresInARow: number; limit: number };

/** As many as are under way may fail of one cause, e.g. a launcher that died; then a few more must. */
export function stopRule(concurrency: number): StopRule {
  return { failuresInARow: 0, limit: concurrency + 8 };
}

/** A task that is at fault says nothing about the others. */
export function after(rule: StopRule, { blame }: Outcome): StopRule {
  if (blame === 'task') return rule;
  return { ...rule, failuresInARow: blame === null ? 0 : rule.failuresInARow + 1 };
}

export function mustStop({ failuresInARow, limit }: StopRule): boolean {
  return failuresInARow >= limit;
}
