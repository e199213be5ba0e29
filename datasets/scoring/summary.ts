import { passAtK } from '../pass-at-k.ts';
import { emptyTally, type Tally, type TaskTally } from './tally.ts';

/** Every line of the input, by what became of it: the last four add up to `lines`. */
export type RowCounts = { lines: number; scored: number; noVerdict: number; rejected: number; blank: number };

export type TaskSummary = {
  /** Rows with a verdict of either kind. Only `scored` ones enter the rates. */
  samples: number;
  scored: number;
  passed: number;
  meanReward: number | null;
  /** By k, for each k of at most `scored`. */
  passAtK: Record<string, number>;
  /** Scored rows that did not pass, by the first check that failed. */
  failedAt: Record<string, number>;
  noVerdicts: NoVerdicts;
};
type NoVerdicts = { blame: Record<string, number>; code: Record<string, number> };

/** What `summary.json` holds. */
export type ScoreSummary = {
  rows: RowCounts;
  passed: number;
  meanReward: number | null;
  /** Means over the tasks with samples, for each k that all of them have enough of. */
  passAtK: Record<string, number>;
  noVerdicts: NoVerdicts;
  rejected: Record<string, number>;
  /** Tasks whose number of samples is not the one asked for, when one was. */
  unexpectedSamples?: Record<string, number>;
  tasks: Record<string, TaskSummary>;
};

const usualKs = [1, 5, 10, 100];

export function summarize(
  tally: Tally,
  taskIds: readonly string[],
  rejected: Record<string, number>,
  blank: number,
  samplesPerTask?: number,
): ScoreSummary {
  const tasks = Object.fromEntries(taskIds.map((id) => [id, summarizeTask(tally.get(id) ?? emptyTally())]));
  const all = summarizeTask(merged([...tally.values()]));
  const noVerdict = all.samples - all.scored;
  const rejectedCount = sum(Object.values(rejected));
  const lines = all.samples + rejectedCount + blank;
  return {
    rows: { lines, scored: all.scored, noVerdict, rejected: rejectedCount, blank },
    passed: all.passed,
    meanReward: all.meanReward,
    passAtK: meanPassAtK(Object.values(tasks)),
    noVerdicts: all.noVerdicts,
    rejected,
    ...(samplesPerTask !== undefined && { unexpectedSamples: unexpected(tasks, samplesPerTask) }),
    tasks,
  };
}

function summarizeTask(tally: TaskTally): TaskSummary {
  const { scored, passed, rewardMillionths, failedAt, noVerdicts } = tally;
  return {
    samples: scored + sum(Object.values(noVerdicts.blame)),
    scored,
    passed,
    meanReward: scored === 0 ? null : rewardMillionths / 1e6 / scored,
    passAtK: Object.fromEntries(
      usualKs.flatMap((k) => {
        const estimate = passAtK(scored, passed, k);
        return estimate === undefined ? [] : [[k, estimate]];
      }),
    ),
    failedAt,
    noVerdicts,
  };
}

function meanPassAtK(tasks: TaskSummary[]): Record<string, number> {
  const sampled = tasks.filter(({ scored }) => scored > 0);
  const ks = usualKs.filter((k) => sampled.length > 0 && sampled.every(({ scored }) => scored >= k));
  return Object.fromEntries(
    ks.map((k) => [k, sum(sampled.map(({ passAtK: by }) => by[k] ?? 0)) / sampled.length]),
  );
}

function unexpected(tasks: Record<string, TaskSummary>, expected: number): Record<string, number> {
  const others = Object.entries(tasks).filter(([, { samples }]) => samples !== expected);
  return Object.fromEntries(others.map(([id, { samples }]) => [id, samples]));
}

function merged(tallies: TaskTally[]): TaskTally {
  return {
    scored: sum(tallies.map(({ scored }) => scored)),
    passed: sum(tallies.map(({ passed }) => passed)),
    rewardMillionths: sum(tallies.map(({ rewardMillionths }) => rewardMillionths)),
    failedAt: addUp(tallies.map(({ failedAt }) => failedAt)),
    noVerdicts: {
      blame: addUp(tallies.map(({ noVerdicts }) => noVerdicts.blame)),
      code: addUp(tallies.map(({ noVerdicts }) => noVerdicts.code)),
    },
  };
}

function addUp(counts: Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const one of counts)
    for (const [key, number] of Object.entries(one)) total[key] = (total[key] ?? 0) + number;
  return total;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
