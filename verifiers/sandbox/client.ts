import { connect, type Socket } from 'node:net';
import { AssayError } from '../errors.ts';
import type { SandboxLevel } from '../verdict.ts';
import type { JobResult } from './job.ts';
import { createFrameReader, encodeFrame, type Request, type Response } from './protocol.ts';
import type { CallOptions, Sandbox, ServiceAnswer } from './sandbox.ts';

/** Where a launcher listens; can be passed to a worker thread. */
export type SandboxAddress = { path: string; level: SandboxLevel };

type Waiting = { resolve: (result: JobResult | ServiceAnswer) => void; reject: (error: AssayError) => void };
type Ask = Request extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

/** Uses the slots of a launcher that another part of this program opened. Closing ends this connection only. */
export function connectSandbox(address: SandboxAddress): Sandbox {
  const client = new Client(address.path);
  return client.sandbox(address.level);
}

/** One connection to a launcher, made when first needed and made anew after it broke. */
export class Client {
  readonly #path: string;
  readonly #waiting = new Map<number, Waiting>();
  #socket: Socket | undefined;
  #lastId = 0;
  #closed = false;

  constructor(path: string) {
    this.#path = path;
  }

  sandbox(level: SandboxLevel): Sandbox {
    return {
      level,
      // What the launcher answers to `run` and `ask` is fixed by the operation.
      run: (job, options) => this.#call({ op: 'run', job }, options) as Promise<JobResult>,
      ask: (service, question, deadlineMs, options) =>
        this.#call({ op: 'ask', service, question, deadlineMs }, options) as Promise<ServiceAnswer>,
      close: async () => this.close(),
    };
  }

  close(): void {
    this.#closed = true;
    this.#socket?.destroy();
  }

  #call(request: Ask, { signal }: CallOptions = {}): Promise<JobResult | ServiceAnswer> {
    if (this.#closed) return Promise.reject(new AssayError('SANDBOX_LOST', 'the sandbox is closed'));
    if (signal?.aborted) return Promise.reject(new AssayError('CANCELLED', 'cancelled before the start'));
    this.#lastId += 1;
    const id = this.#lastId;
    const socket = this.#open();
    return new Promise((resolve, reject) => {
      const cancel = () => socket.write(encodeFrame({ id, op: 'cancel' }));
      const settle = () => signal?.removeEventListener('abort', cancel);
      this.#waiting.set(id, {
        resolve: (result) => {
          settle();
          resolve(result);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      signal?.addEventListener('abort', cancel, { once: true });
      socket.write(encodeFrame({ ...request, id }));
      socket.ref();
    });
  }

  #open(): Socket {
    if (this.#socket) return this.#socket;
    const socket = connect(this.#path);
    const read = createFrameReader((message) => this.#settle(message as Response));
    socket.on('data', read);
    socket.on('error', () => {});
    socket.on('close', () => this.#lose(socket));
    this.#socket = socket;
    return socket;
  }

  #settle(response: Response): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    // An idle connection must not keep a program alive that has nothing else to do.
    if (this.#waiting.size === 0) this.#socket?.unref();
    if ('error' in response) waiting?.reject(new AssayError(response.error.code, response.error.message));
    else waiting?.resolve(response.result);
  }

  #lose(socket: Socket): void {
    if (this.#socket === socket) this.#socket = undefined;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of lost)
      reject(new AssayError('SANDBOX_LOST', 'the launcher of the sandboxes was lost'));
  }
}
