import { AssayError } from '../verifiers/errors.ts';
import type { Sampling } from './policy.ts';
import type { EpisodeOrder } from './pool.ts';
import type { RolloutRow } from './rollout-row.ts';

/** The row of an episode whose thread was lost with all that it knew. */
export function lostRollout(
  { planned, tried }: EpisodeOrder,
  environment: string,
  sampling: Sampling,
  thrown: unknown,
): RolloutRow {
  const { samplingSeed, ...named } = planned;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const { blame, code, message, retryable } = new AssayError(
    'INTERNAL',
    `the episode's thread was lost: ${reason}`,
  );
  return {
    ...named,
    environment,
    try: tried,
    startedAt: new Date().toISOString(),
    messages: [],
    turns: [],
    reward: null,
    passed: false,
    failedCheck: null,
    terminated: false,
    truncated: true,
    error: { blame, code, message, retryable },
    sampling: { ...sampling, seed: samplingSeed },
    timings: { policyMs: 0, waitedMs: 0, verifierMs: 0, totalMs: 0 },
  };
}
