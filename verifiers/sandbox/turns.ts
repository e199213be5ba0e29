import { AssayError } from '../errors.ts';

/** Hands a fixed number of owned things out, one user at a time each, in the order of asking. */
export type Turns<T> = {
  take<R>(use: (thing: T) => Promise<R>, signal: AbortSignal): Promise<R>;
  /** The things made so far. */
  made(): T[];
};

/** `make` is called at most `count` times, when something is first needed. At most `queueLength` may wait. */
export function createTurns<T>(count: number, queueLength: number, make: (index: number) => T): Turns<T> {
  const things: T[] = [];
  const idle: T[] = [];
  const waiting: { grant: (thing: T) => void; cancel: () => void }[] = [];

  function next(): T | undefined {
    const thing = idle.pop();
    if (thing !== undefined || things.length >= count) return thing;
    const made = make(things.length);
    things.push(made);
    return made;
  }

  function acquire(signal: AbortSignal): Promise<T> {
    if (signal.aborted) return Promise.reject(cancelled());
    const free = next();
    if (free !== undefined) return Promise.resolve(free);
    if (waiting.length >= queueLength) {
      return Promise.reject(
        new AssayError('QUEUE_FULL', `${queueLength} jobs wait already — send fewer at once`),
      );
    }
    return new Promise((resolve, reject) => {
      const cancel = () => {
        waiting.splice(waiting.indexOf(entry), 1);
        reject(cancelled());
      };
      const grant = (thing: T) => {
        signal.removeEventListener('abort', cancel);
        resolve(thing);
      };
      const entry = { grant, cancel };
      waiting.push(entry);
      signal.addEventListener('abort', cancel, { once: true });
    });
  }

  function release(thing: T): void {
    const first = waiting.shift();
    if (first) first.grant(thing);
    else idle.push(thing);
  }

  return {
    async take(use, signal) {
      const thing = await acquire(signal);
      try {
        return await use(thing);
      } finally {
        release(thing);
      }
    },
    made: () => [...things],
  };
}

const cancelled = (): AssayError => new AssayError('CANCELLED', 'the job was cancelled while it waited');
