import { AssayError } from '../errors.ts';

/** Waits for work that others may wait for too: after `signal` the caller goes, with `CANCELLED`, and the work goes on. */
export async function untilCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let leave = () => {};
  const cancelled = new Promise<never>((_resolve, reject) => {
    leave = () => reject(new AssayError('CANCELLED', 'the verification was cancelled'));
    signal.addEventListener('abort', leave, { once: true });
  });
  if (signal.aborted) leave();
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
