import { z } from 'zod';
import type { Message } from '../envs/index.ts';
import type { Blame } from '../verifiers/errors.ts';
import type { NoVerdictError, Verdict } from '../verifiers/verdict.ts';
import type { PlannedRollout } from './plan.ts';
import type { Completion, Sampling } from './policy.ts';

/** One answer of a rollout and what became of it. */
export type RolloutTurn = {
  turn: number;
  /** What was taken out of the answer and judged; absent when nothing could be. */
  candidate?: string;
  verdict: Verdict;
  /** As `step` returned it. */
  reward: number | null;
  timings: { policyMs: number; waitedMs: number; verifierMs: number };
} & Omit<Completion, 'text' | 'timings'>;

/** A line of `rollouts.jsonl`: one episode with a policy. */
export type RolloutRow = Omit<PlannedRollout, 'samplingSeed'> & {
  environment: string;
  /** Counts from 1; above it an earlier line of this id ended without a verdict and the run was resumed. */
  try: number;
  startedAt: string;
  /** The whole chat, each answer included. */
  messages: Message[];
  turns: RolloutTurn[];
  /** Of the answer that the episode ended with; `null` only with `error`. */
  reward: number | null;
  passed: boolean;
  /** The first check that the last answer failed. */
  failedCheck: string | null;
  terminated: boolean;
  truncated: boolean;
  /** Why there is no verdict. */
  error?: NoVerdictError;
  sampling: Sampling & { seed: number };
  /** `waitedMs` is the policy's back-pressure; `verifierMs` has the wait for a free slot in it. */
  timings: { policyMs: number; waitedMs: number; verifierMs: number; totalMs: number };
};

/** What is counted of a rollout. */
export type Outcome = Pick<
  RolloutRow,
  'id' | 'task' | 'environment' | 'try' | 'reward' | 'passed' | 'failedCheck'
> & { blame: Blame | null };

const rowSchema = z.looseObject({
  id: z.string(),
  task: z.string(),
  environment: z.string(),
  try: z.number(),
  reward: z.number().nullable(),
  passed: z.boolean(),
  failedCheck: z.string().nullable(),
  error: z.looseObject({ blame: z.enum(['task', 'infrastructure', 'policy']) }).optional(),
});

/** Reads a line of `rollouts.jsonl` back, as far as it is counted. Nothing for a line that is not one. */
export function readOutcome(value: unknown): Outcome | undefined {
  const parsed = rowSchema.safeParse(value);
  return parsed.success ? outcomeOf(parsed.data) : undefined;
}

export function outcomeOf(row: Omit<Outcome, 'blame'> & { error?: { blame: Blame } | undefined }): Outcome {
  const { id, task, environment, try: tried, reward, passed, failedCheck, error } = row;
  return { id, task, environment, try: tried, reward, passed, failedCheck, blame: error?.blame ?? null };
}
