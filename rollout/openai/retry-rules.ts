/** Why a request brought no completion, as far as it decides whether to ask again. */
export type FailureKind = 'unreachable' | 'server-error' | 'aborted' | 'back-pressure' | 'final';

/** What has been tried for one completion so far. */
export type RetryHistory = { tries: Record<FailureKind, number>; waitedMs: number };

export const noTries: RetryHistory = {
  tries: { unreachable: 0, 'server-error': 0, aborted: 0, 'back-pressure': 0, final: 0 },
  waitedMs: 0,
};

/** How often a kind of failure is met with another try, and the first wait, which doubles up to `longestMs`. */
type RetryRule = { retries: number; firstMs: number; longestMs: number };

/**
 * Only failures that cannot have brought a sample are tried again: a request that got no byte back, an answer that
 * is an error, a completion that the server itself broke off. Back-pressure is bounded by time instead of number.
 */
const rules: Record<FailureKind, RetryRule> = {
  unreachable: { retries: 4, firstMs: 200, longestMs: 5_000 },
  'server-error': { retries: 3, firstMs: 500, longestMs: 5_000 },
  aborted: { retries: 5, firstMs: 500, longestMs: 10_000 },
  'back-pressure': { retries: Number.POSITIVE_INFINITY, firstMs: 1_000, longestMs: 60_000 },
  final: { retries: 0, firstMs: 0, longestMs: 0 },
};

/** A server that asks to be tried again at once is busy all the same. */
const shortestAskedMs = 250;

export type Failure = { kind: FailureKind; retryAfterMs?: number };

/**
 * Milliseconds to wait before the next try, or nothing when it is time to give up. `jitter` lies in [0, 1) and
 * spreads clients that failed together; `maxWaitMs` bounds all waits for one completion together.
 */
export function nextWait(
  failure: Failure,
  history: RetryHistory,
  { jitter, maxWaitMs }: { jitter: number; maxWaitMs: number },
): number | undefined {
  const { retries, firstMs, longestMs } = rules[failure.kind];
  const tried = history.tries[failure.kind];
  if (tried >= retries) return undefined;
  const ownMs = Math.min(firstMs * 2 ** Math.min(tried, 20), longestMs) * (0.5 + jitter / 2);
  const askedMs = Math.max(failure.retryAfterMs ?? 0, shortestAskedMs) * (1 + jitter / 4);
  const waitMs = failure.retryAfterMs === undefined ? ownMs : askedMs;
  return history.waitedMs + waitMs > maxWaitMs ? undefined : waitMs;
}

export function afterWait(history: RetryHistory, kind: FailureKind, waitMs: number): RetryHistory {
  const tries = { ...history.tries, [kind]: history.tries[kind] + 1 };
  return { tries, waitedMs: history.waitedMs + waitMs };
}

/** The `Retry-After` header in milliseconds: seconds, or an HTTP date. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
