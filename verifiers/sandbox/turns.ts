import { cancelled, WaitingLine } from './waiting-line.ts';

/** Hands a fixed number of owned things out, one user at a time each, in the order of asking. */
export type Turns<T> = {
  take<R>(use: (thing: T) => Promise<R>, signal: AbortSignal): Promise<R>;
  /** The things made so far. */
  made(): T[];
  /** How many wait. */
  waiting(): number;
};

/** `make` is called at most `count` times, when something is first needed. At most `queueLength` may wait. */
export function createTurns<T>(
  count: number,
  queueLength: number,
  make: (index: number) => T,
  onWait?: () => void,
): Turns<T> {
  const things: T[] = [];
  const idle: T[] = [];
  const line = new WaitingLine<T>(queueLength);

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
    const turn = line.wait(signal);
    onWait?.();
    return turn;
  }

  return {
    async take(use, signal) {
      const thing = await acquire(signal);
      try {
        return await use(thing);
      } finally {
        if (!line.serve(thing)) idle.push(thing);
      }
    },
    made: () => [...things],
    waiting: () => line.length,
  };
}
