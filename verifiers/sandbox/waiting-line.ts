import { AssayError } from '../errors.ts';

type Waiter<T> = { serve: (thing: T) => void; refuse: (error: AssayError) => void };

/** Those who wait for one of several things, in the order of asking; at most `most` of them. */
export class WaitingLine<T> {
  readonly #waiters: Waiter<T>[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get length(): number {
    return this.#waiters.length;
  }

  /** Errors: `QUEUE_FULL`, and `CANCELLED` after `signal`. */
  wait(signal: AbortSignal | undefined): Promise<T> {
    if (this.#waiters.length >= this.#most) {
      return Promise.reject(
        new AssayError('QUEUE_FULL', `${this.#most} jobs wait already — send fewer at once`),
      );
    }
    return new Promise((resolve, reject) => {
      const leave = () => signal?.removeEventListener('abort', cancel);
      const waiter: Waiter<T> = {
        serve: (thing) => {
          leave();
          resolve(thing);
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      const cancel = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        reject(cancelled());
      };
      this.#waiters.push(waiter);
      signal?.addEventListener('abort', cancel, { once: true });
    });
  }

  /** Hands the thing to the first; false when nobody waits. */
  serve(thing: T): boolean {
    const first = this.#waiters.shift();
    first?.serve(thing);
    return first !== undefined;
  }

  refuseFirst(error: AssayError): void {
    this.#waiters.shift()?.refuse(error);
  }
}

export const cancelled = (): AssayError =>
  new AssayError('CANCELLED', 'the job was cancelled while it waited');
