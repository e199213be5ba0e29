import { connect, type Socket } from 'node:net';
import { AssayError } from '../errors.ts';
import type { SandboxLevel } from '../verdict.ts';
import { BorrowedSlots } from './borrowed-slots.ts';
import type { Job, JobResult } from './job.ts';
import type { Lease, Returned } from './lease.ts';
import { createMessageReader, packMessage, type Recall, type Response } from './protocol.ts';
import type { CallOptions, Sandbox, ServiceAnswer } from './sandbox.ts';
import type { Unpacker } from './unpacker.ts';
import { headOf, packContent } from './wire-job.ts';
import { readResult, unpackResult } from './wire-result.ts';

/** Where a launcher listens; can be passed to a worker thread. */
export type SandboxAddress = {
  path: string;
  level: SandboxLevel;
  /** How many slots it lends; none where jobs are sent to it. */
  lends: number;
  queueLength: number;
};

type Answer = JobResult | ServiceAnswer | Lease;
type Waiting = { resolve: (answer: Answer) => void; reject: (error: AssayError) => void };

/** Uses the slots of a launcher that another part of this program opened. Closing ends this connection only. */
export function connectSandbox(address: SandboxAddress): Sandbox {
  return new Client(address).sandbox();
}

/** How long a client waits for a launcher that is being started anew. */
const reconnectMs = 20_000;
const retryMs = 50;

/** One connection to a launcher, made when first needed and made anew after it broke. */
export class Client {
  readonly #address: SandboxAddress;
  readonly #slots: BorrowedSlots;
  readonly #waiting = new Map<number, Waiting>();
  #socket: Promise<Socket> | undefined;
  /** Once it is there. */
  #open: Socket | undefined;
  #lastId = 0;
  #closed = false;

  constructor(address: SandboxAddress) {
    this.#address = address;
    const borrow = () => {
      const id = this.#nextId();
      const ask = () => this.#call(id, packMessage({ id, op: 'borrow' })) as Promise<Lease>;
      // Nothing was run yet: once more of the launcher after one that was lost.
      return { id, lease: ask().catch((error) => (this.#isLoss(error) ? ask() : Promise.reject(error))) };
    };
    const giveBack = (id: number, returned: Returned) =>
      this.#open?.write(packMessage({ id, op: 'return', returned }));
    this.#slots = new BorrowedSlots({ borrow, giveBack }, address.lends, address.queueLength);
  }

  sandbox(): Sandbox {
    const { level, lends } = this.#address;
    return {
      level,
      run: (job, options) =>
        lends > 0 && !job.partner ? this.#slots.run(job, options?.signal) : this.#run(job, options),
      ask: (service, question, deadlineMs, options) => {
        const id = this.#nextId();
        const head = { id, op: 'ask', service, deadlineMs } as const;
        const message = packMessage(head, (packer) => packer.text(question));
        return this.#call(id, message, options) as Promise<ServiceAnswer>;
      },
      close: async () => this.close(),
    };
  }

  close(): void {
    this.#closed = true;
    this.#slots.close();
    this.#socket?.then((socket) => socket.destroy()).catch(() => {});
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  async #run(job: Job, options: CallOptions | undefined): Promise<JobResult> {
    const id = this.#nextId();
    // What the launcher answers is fixed by the operation.
    return this.#call(id, packRun(id, job), options) as Promise<JobResult>;
  }

  async #call(id: number, message: Buffer, { signal }: CallOptions = {}): Promise<Answer> {
    if (this.#closed) throw new AssayError('SANDBOX_LOST', 'the sandbox is closed');
    this.#socket ??= this.#connect();
    const socket = await this.#socket;
    if (signal?.aborted) throw new AssayError('CANCELLED', 'the job was cancelled before its start');
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
        return this.#adopt(await connected(this.#address.path));
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
    const read = createMessageReader((head, body) => {
      const message = head as Response | Recall;
      if ('recalled' in message) this.#slots.recall(message.id);
      else this.#settle(socket, message, body);
    });
    socket.on('data', read);
    this.#open = socket;
    socket.on('close', () => this.#lose());
    return socket;
  }

  #settle(socket: Socket, response: Response, body: Unpacker): void {
    const waiting = this.#waiting.get(response.id);
    this.#waiting.delete(response.id);
    // An idle connection must not keep a program alive that has nothing else to do.
    if (this.#waiting.size === 0) socket.unref();
    if ('error' in response) waiting?.reject(new AssayError(response.error.code, response.error.message));
    else if ('result' in response) waiting?.resolve(readResult(unpackResult(response.result, body)));
    else if ('lease' in response) waiting?.resolve(response.lease);
    else waiting?.resolve(response.answer);
  }

  #isLoss(error: unknown): boolean {
    return !this.#closed && error instanceof AssayError && error.code === 'SANDBOX_LOST';
  }

  #lose(): void {
    this.#socket = undefined;
    this.#open = undefined;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of lost)
      reject(new AssayError('SANDBOX_LOST', 'the launcher of the sandboxes was lost'));
  }
}

function packRun(id: number, job: Job): Buffer {
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
