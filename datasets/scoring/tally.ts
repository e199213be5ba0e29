import type { Blame } from '../../verifiers/errors.ts';
import type { Verdict } from '../../verifiers/verdict.ts';

/** What a verdict means to the counts of its task. */
export type Outcome =
  | { kind: 'scored'; passed: boolean; reward: number; failedAt?: string }
  | { kind: 'no-verdict'; blame: Blame; code: string };

/** Counts of one task's verdicts. Rewards are summed in millionths, so that the order of rows changes nothing. */
export type TaskTally = {
  scored: number;
  passed: number;
  rewardMillionths: number;
  failedAt: Record<string, number>;
  noVerdicts: { blame: Record<string, number>; code: Record<string, number> };
};

/** The counts of a job by task. */
export type Tally = Map<string, TaskTally>;

export function outcomeOf(verdict: Verdict): Outcome {
  if (verdict.status === 'no-verdict') {
    return { kind: 'no-verdict', blame: verdict.error.blame, code: verdict.error.code };
  }
  const { passed, reward, checks } = verdict;
  const failed = checks.find(({ outcome }) => outcome === 'fail');
  return { kind: 'scored', passed, reward, ...(failed && { failedAt: failed.name }) };
}

/** Counts an outcome, or with `times` -1 takes one back that a later verdict of the same row replaces. */
export function count(tally: Tally, task: string, outcome: Outcome, times: 1 | -1 = 1): void {
  const counts = tally.get(task) ?? emptyTally();
  tally.set(task, counts);
  if (outcome.kind === 'no-verdict') {
    bump(counts.noVerdicts.blame, outcome.blame, times);
    bump(counts.noVerdicts.code, outcome.code, times);
    return;
  }
  counts.scored += times;
  counts.passed += outcome.passed ? times : 0;
  counts.rewardMillionths += times * Math.round(outcome.reward * 1e6);
  if (outcome.failedAt !== undefined) bump(counts.failedAt, outcome.failedAt, times);
}

export function emptyTally(): TaskTally {
  return { scored: 0, passed: 0, rewardMillionths: 0, failedAt: {}, noVerdicts: { blame: {}, code: {} } };
}

function bump(counts: Record<string, number>, key: string, by: number): void {
  const sum = (counts[key] ?? 0) + by;
  if (sum === 0) delete counts[key];
  else counts[key] = sum;
}
