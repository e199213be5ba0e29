import { connect, type Socket } from 'node:net';
import { AssayError } from '../errors.ts';
import type { SandboxLevel } from '../verdict.ts';
import type { Job, JobResult } from './job.ts';
import { createMessageReader, packMessage, type Response } from './protocol.ts';
import type { CallOptions, Sandbox, ServiceAnswer } from './sandbox.ts';
import type { Unpacker } from './unpacker.ts';
import { headOf, packContent } from './wire-job.ts';
import { unpackResult } from './wire-result.ts';

/** Where a launcher listens; can be passed to a worker thread. */
export type SandboxAddress = { path: string; level: SandboxLevel };

type Waiting = { resolve: (result: JobResult | ServiceAnswer) => void; reject: (error: AssayError) => void };

/** Uses the slots of a launcher that another part of this program opened. Closing ends this connection only. */
export function connectSandbox(address: SandboxAddress): Sandbox {
  const client = new Client(address.path);
  return client.sandbox(address.level);
}

/** How long a client waits for a launcher that is being started anew. */
const reconnectMs = 20_000;
const retryMs = 50;

/** One connection to a launcher, made when first needed and made anew after it broke. */
export class Client {
  readonly #path: string;
  readonly #waiting = new Map<number, Waiting>();
  #socket: Promise<Socket> | undefined;
  #lastId = 0;
  #closed = false;

  constructor(path: string) {
    this.#path = path;
  }

  sandbox(level: SandboxLevel): Sandbox {
    return {
      level,
      // What the launcher answers to `run` and `ask` is fixed by the operation.
      run: (job, options) => this.#call((id) => runRequest(id, job), options) as Promise<JobResult>,
      ask: (service, question, deadlineMs, options) =>
        this.#call(
          (id) => packMessage({ id, op: 'ask', service, deadlineMs }, (packer) => packer.text(question)),
          options,
        ) as Promise<ServiceAnswer>,
      close: async () => this.close(),
    };
  }

  close(): void {
    this.#closed = true;
    this.#socket?.then((socket) => socket.destroy()).catch(() => {});
  }

  async #call(
    request: (id: number) => Buffer,
    { signal }: CallOptions = {},
  ): Promise<JobResult | ServiceAnswer> {
    if (this.#closed) throw new AssayError('SANDBOX_LOST', 'the sandbox is closed');
    this.#socket ??= this.#connect();
    const socket = await this.#socket;
    if (signal?.aborted) throw new AssayError('CANCELLED', 'the job was cancelled before its start');
    this.#lastId += 1;
    const id = this.#lastId;
    const message = request(id);
    const cancel = () => socket.write(packMessage({ id, op: 'cancel' }));
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        socket.ref();
        socket.write(message);
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  async #connect(): Promise<Socket> {
    const deadline = performance.now() + reconnectMs;
    for (;;) {
      try {
        return this.#adopt(await connected(this.#path));
      } catch (error) {
        if (!this.#closed && performance.now() < deadline) {
          await new Promise((resolve) => setTimeout(resolve, retryMs));
          continue;
        }
        this.#socket = undefined;
        throw new AssayError('SANDBOX_LOST', 'the launcher of the sandboxes does not answer', {
          cause: error,
        });
      }
    }
  }

  #adopt(socket: Socket): Socket {
    const read = createMessageReader((head, body) => this.#settle(socket, head as Response, body));
    socket.on('data', read);
    socket.on('close', () => this.#lose());
    return socket;
  }

  #settle(socket: Socket, response: Response, body: Unpacker): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    // An idle connection must not keep a program alive that has nothing else to do.
    if (this.#waiting.size === 0) socket.unref();
    if ('error' in response) waiting?.reject(new AssayError(response.error.code, response.error.message));
    else if ('result' in response) waiting?.resolve(unpackResult(response.result, body));
    else waiting?.resolve(response.answer);
  }

  #lose(): void {
    this.#socket = undefined;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of lost)
      reject(new AssayError('SANDBOX_LOST', 'the launcher of the sandboxes was lost'));
  }
}

function runRequest(id: number, job: Job): Buffer {
  const { partner } = job;
  const head = { id, op: 'run', job: headOf(job), ...(partner && { partner: headOf(partner) }) } as const;
  return packMessage(head, (packer) => {
    packContent(packer, job);
    if (partner) packContent(packer, partner);
  });
}

/** Resolves when the launcher greets: one that is dying may still have a socket that takes connections. */
function connected(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    const refuse = () => reject(new Error('the connection was closed without a greeting'));
    socket.once('error', reject);
    socket.once('close', refuse);
    socket.once('data', () => {
      socket.off('error', reject);
      socket.off('close', refuse);
      socket.on('error', () => {}); // what matters of it is the close that follows
      resolve(socket);
    });
  });
}
