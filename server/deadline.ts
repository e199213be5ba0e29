import { asAssayError } from '../verifiers/errors.ts';
import { Problem } from './problem.ts';

export type Deadline = {
  timeoutMs: number;
  /** Signals that end the work sooner. */
  until: readonly AbortSignal[];
};

/**
 * Runs `work` with a signal that is aborted by the first of `until` or after `timeoutMs`. Where that cancelled it,
 * throws why: the `Problem` that a signal was aborted with, `TIMED_OUT`, or else what the work threw.
 *
 * The timer is our own: Node 20 forgets the timer of `AbortSignal.timeout` when only `AbortSignal.any` refers to it.
 */
export async function underDeadline<Result>(
  { timeoutMs, until }: Deadline,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(timedOut()), timeoutMs);
  const listeners = until.map((signal) => [signal, () => controller.abort(signal.reason)] as const);
  for (const [signal, stop] of listeners) {
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  }
  try {
    return await work(controller.signal);
  } catch (thrown) {
    const { aborted, reason } = controller.signal;
    if (aborted && reason instanceof Problem && asAssayError(thrown).code === 'CANCELLED') throw reason;
    throw thrown;
  } finally {
    clearTimeout(timer);
    for (const [signal, stop] of listeners) signal.removeEventListener('abort', stop);
  }
}

function timedOut(): Problem {
  return new Problem('TIMED_OUT', 'the request took longer than this server allows; try again in a moment');
}
