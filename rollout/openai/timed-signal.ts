/** A signal for one piece of work: aborted with the reason of `parent`, or with `late()` after `deadlineMs`. */
export type TimedSignal = { signal: AbortSignal; release(): void };

/**
 * Joins a long-lived signal and a deadline. `release` takes its listener off again: `AbortSignal.any` over a
 * signal that lives as long as a run would keep one entry for every request made.
 */
export function timedSignal(
  parent: AbortSignal | undefined,
  deadlineMs: number,
  late: () => Error,
): TimedSignal {
  const controller = new AbortController();
  const stop = () => controller.abort(parent?.reason);
  const timer = setTimeout(() => controller.abort(late()), deadlineMs);
  parent?.addEventListener('abort', stop, { once: true });
  if (parent?.aborted) stop();
  const release = () => {
    clearTimeout(timer);
    parent?.removeEventListener('abort', stop);
  };
  return { signal: controller.signal, release };
}
