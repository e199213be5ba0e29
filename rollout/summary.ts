import { passAtK } from '../datasets/pass-at-k.ts';
import type { Blame } from '../verifiers/errors.ts';
import type { Outcome } from './rollout-row.ts';

/** What is told of a set of rollouts. Rates are over the scored ones and absent where there are none. */
export type Tally = {
  rollouts: number;
  scored: number;
  passed: number;
  passRate?: number;
  meanReward?: number;
  /** Means over the tasks that have enough scored rollouts. */
  passAt1?: number;
  passAtK?: number;
  /** By the first check that failed. */
  failedAt: Record<string, number>;
  noVerdicts: Partial<Record<Blame, number>>;
};

export type Summary = {
  schema: 1;
  complete: boolean;
  /** Rollouts that the run is to have. */
  planned: number;
  /** The `k` of `passAtK`: the size of a group. */
  k: number;
  total: Tally;
  environments: Record<string, Tally & { tasks: Record<string, Tally> }>;
};

/** Sums up a run out of the outcomes recorded so far. */
export function summarise(
  outcomes: Iterable<Outcome>,
  { planned, k }: { planned: number; k: number },
): Summary {
  const all = [...outcomes];
  const environments = [...groupBy(all, ({ environment }) => environment)].sort(byName).map(([name, own]) => {
    const tasks = [...groupBy(own, ({ task }) => task)].sort(byName);
    const perTask = tasks.map(([task, rollouts]) => [task, tally(rollouts, k)] as const);
    return [name, { ...tally(own, k), tasks: Object.fromEntries(perTask) }] as const;
  });
  const total = tally(all, k);
  const complete = total.scored === planned;
  return { schema: 1, complete, planned, k, total, environments: Object.fromEntries(environments) };
}

function tally(outcomes: Outcome[], k: number): Tally {
  const scored = outcomes.filter(({ blame }) => blame === null);
  const passed = scored.filter((outcome) => outcome.passed).length;
  const byTask = [...groupBy(scored, ({ task }) => task).values()];
  return {
    rollouts: outcomes.length,
    scored: scored.length,
    passed,
    ...mean(
      'passRate',
      scored.map((outcome) => Number(outcome.passed)),
    ),
    ...mean(
      'meanReward',
      scored.map(({ reward }) => reward ?? 0),
    ),
    ...mean('passAt1', estimates(byTask, 1)),
    ...mean('passAtK', estimates(byTask, k)),
    failedAt: count(scored.flatMap((outcome) => (outcome.passed ? [] : (outcome.failedCheck ?? 'none')))),
    noVerdicts: count(outcomes.flatMap(({ blame }) => blame ?? [])),
  };
}

function estimates(byTask: Outcome[][], k: number): number[] {
  return byTask.flatMap((own) => passAtK(own.length, own.filter(({ passed }) => passed).length, k) ?? []);
}

function mean<Name extends string>(name: Name, values: number[]): { [Key in Name]?: number } {
  if (values.length === 0) return {};
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  // The key is the name that was given.
  return { [name]: value } as { [Key in Name]?: number };
}

function count<Key extends string>(keys: Key[]): Partial<Record<Key, number>> & Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  // Only these keys were counted.
  return counts as Partial<Record<Key, number>> & Record<string, number>;
}

function groupBy(outcomes: Outcome[], key: (outcome: Outcome) => string): Map<string, Outcome[]> {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const group = groups.get(key(outcome));
    if (group) group.push(outcome);
    else groups.set(key(outcome), [outcome]);
  }
  return groups;
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
