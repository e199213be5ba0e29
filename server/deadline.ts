import { asAssayError } from '../verifiers/errors.ts';
import { Problem } from './problem.ts';

/** Aborted by the first of `signals` and, as `TIMED_OUT`, after `timeoutMs`. */
export function withTimeout(timeoutMs: number, ...signals: AbortSignal[]): AbortSignal {
  return AbortSignal.any([AbortSignal.timeout(timeoutMs), ...signals]);
}

/** Runs `work`; where `signal` cancelled it, throws why: the `Problem` it was aborted with, or `TIMED_OUT`. */
export async function explainCancellation<Result>(
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (!signal.aborted || asAssayError(thrown).code !== 'CANCELLED') throw thrown;
    if (signal.reason instanceof Problem) throw signal.reason;
    if (signal.reason?.name !== 'TimeoutError') throw thrown;
    throw new Problem('TIMED_OUT', 'the request took longer than this server allows; try again in a moment');
  }
}
