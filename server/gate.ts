import { AssayError } from '../verifiers/errors.ts';

/** Lets a bounded number of works run and a bounded number wait, in the order they came. */
export type Gate = {
  /**
   * Runs `work` when its turn has come. Throws `QUEUE_FULL` when too many wait already, and `CANCELLED` when
   * `signal` is aborted before the turn; after that `signal` is the work's own affair.
   */
  run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result>;
  /** Resolves as soon as nothing runs. */
  idle(): Promise<void>;
  readonly running: number;
  readonly waiting: number;
};

export function createGate(limits: { concurrent: number; queued: number }): Gate {
  const waiting = new Set<() => void>();
  const idlers = new Set<() => void>();
  let running = 0;

  async function turn(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw cancelled();
    if (running < limits.concurrent) {
      running += 1;
      return;
    }
    if (waiting.size >= limits.queued) throw full(waiting.size);
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        waiting.delete(enter);
        reject(cancelled());
      };
      const enter = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      waiting.add(enter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** Hands the place to the first in the queue, so that nobody can slip in between. */
  function pass(): void {
    const [first] = waiting;
    if (first === undefined) {
      running -= 1;
      if (running === 0) wakeIdlers();
      return;
    }
    waiting.delete(first);
    first();
  }

  function wakeIdlers(): void {
    for (const wake of idlers) wake();
    idlers.clear();
  }

  return {
    async run(work, signal) {
      await turn(signal);
      try {
        return await work();
      } finally {
        pass();
      }
    },
    async idle() {
      if (running > 0) await new Promise<void>((resolve) => idlers.add(resolve));
    },
    get running() {
      return running;
    },
    get waiting() {
      return waiting.size;
    },
  };
}

function cancelled(): AssayError {
  return new AssayError('CANCELLED', 'the work was cancelled before its turn came');
}

function full(waiting: number): AssayError {
  return new AssayError('QUEUE_FULL', `${waiting} verifications wait already; try again in a moment`);
}
