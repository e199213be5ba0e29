import { connect, type Socket } from 'node:net';
import { AssayError, type ErrorCode } from '../errors.ts';
import type { Lease, Returned } from './lease.ts';
import { Packer } from './packer.ts';
import { createCutter } from './protocol.ts';
import type { Talk } from './slot.ts';
import type { Residents, Tool } from './tool.ts';
import type { WireJob } from './wire-job.ts';

/** The relay, the nursery of the warm programs in Python, and what each has cloned. */
const ofServer: Residents = { processes: 8, bytes: 48 << 20 };

/** What the relay reports when a job is over. Times in milliseconds. */
export type Report = {
  exit: number | null;
  signal: number | null;
  flooded: boolean;
  violated: boolean;
  stdoutBytes: number;
  stderrBytes: number;
  cpuMs: number;
  wallMs: number;
  peakMemoryBytes: number;
};

/** How a job ended: with a report, with a fault of ours, or without a word. */
export type RelayEnd = { report: Report } | { fault: AssayError } | { lost: true };

/** What comes of a job. The streams grow until `ended` resolves. */
export type Received = { stdout: Buffer[]; stderr: Buffer[]; replies: Buffer[]; ended: Promise<RelayEnd> };

/** What is called as a job goes on. */
export type Progress = {
  /** As soon as it is known that no other runs before it. */
  begun: () => void;
  /** Gives the next line, given the last reply so far. */
  talk: Talk | undefined;
};

type Running = Omit<Received, 'ended'> & Progress & { number: number; end: (end: RelayEnd) => void };

/** A type, and the size of what follows. */
const headBytes = 5;
const chunkBytes = 64 << 10;

/**
 * The connection to the relay of a slot, see `slot/`. Jobs run one after the other; some may be sent ahead. What is sent
 * after a job is over, because that is not known yet, names the job by its number and is not taken for the next one's.
 */
export class RelayConnection {
  readonly #socket: Socket;
  #number = 0;
  /** Those that have nurseries, in their order. */
  readonly #tools: Tool[];
  /** The one that runs, and after it those that were sent ahead. */
  #jobs: Running[] = [];
  #isCorked = false;
  #loaded = () => {};

  private constructor(path: string, tools: readonly Tool[]) {
    this.#tools = [...tools];
    const cut = createCutter(
      headBytes,
      (head) => headBytes + head.readUInt32LE(1),
      (frame) => this.#take(String.fromCharCode(frame[0] ?? 0), frame.subarray(headBytes)),
    );
    // Bytes come here without the steps of a stream, which take longer than all that is done with them.
    const buffer = Buffer.allocUnsafe(chunkBytes);
    const callback = (size: number) => {
      const chunk = Buffer.allocUnsafe(size);
      buffer.copy(chunk, 0, 0, size);
      cut(chunk);
      return true;
    };
    const socket = connect({ path, onread: { buffer, callback } });
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#loaded();
      this.#loseAll();
    });
  }

  static open({ socket: path, tools }: Lease): Promise<RelayConnection> {
    return new Promise((resolve, reject) => {
      const connection = new RelayConnection(path, tools);
      const socket = connection.#socket;
      socket.once('connect', () => {
        socket.unref();
        resolve(connection);
      });
      socket.once('error', (cause) =>
        reject(new AssayError('SANDBOX_LOST', 'the warm process of a slot does not answer', { cause })),
      );
    });
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** The number of a tool's nursery; 0 for one that the slot does not have. */
  nurseryOf(tool: Tool): number {
    return 1 + this.#tools.findIndex((one) => wordsOf(one) === wordsOf(tool));
  }

  /** Has the slot leave room for a tool, which is to be loaded. */
  admit(tool: Tool): void {
    this.#tools.push(tool);
  }

  /** Loads the tool that was admitted last; resolves when its nursery can clone jobs, or it is known that none will. */
  load(tool: Tool): Promise<void> {
    return new Promise((resolve) => {
      this.#loaded = () => {
        this.#socket.unref();
        resolve();
      };
      this.#socket.ref();
      this.#send('p', 0, (packer) => packer.raw(wordsOf(tool)));
      if (!this.isOpen) this.#loaded();
    });
  }

  /** What the slot has of its own at most, beside the job that runs. */
  get residents(): Residents {
    return this.#tools.reduce(
      (all, { residents }) => ({
        processes: all.processes + residents.processes,
        bytes: all.bytes + residents.bytes,
      }),
      ofServer,
    );
  }

  /** The number of the next job that is started. */
  get nextNumber(): number {
    return this.#number + 1;
  }

  /** Hands a job on, which runs when all that were started before are over. */
  start(job: WireJob, surroundings: Surroundings, progress: Progress): Received {
    this.#number += 1;
    const number = this.#number;
    const received = { stdout: [], stderr: [], replies: [] };
    const ended = new Promise<RelayEnd>((end) => {
      this.#jobs.push({ number, ...progress, ...received, end });
    });
    this.#socket.ref();
    this.#send('j', number, (packer) => packJob(packer, job, surroundings));
    if (!this.isOpen) this.#loseAll();
    else if (this.#jobs.length === 1) progress.begun();
    return { ...received, ended };
  }

  /** Ends a job; its report follows. */
  kill(number: number): void {
    this.#send('k', number);
  }

  /** Gives up on a slot that does not answer as it should: what runs there, or was to, counts as lost. */
  abandon(): void {
    this.#socket.destroy();
    this.#loseAll();
  }

  /** Ends the connection, so that the relay serves another. */
  close(): Returned {
    if (!this.isOpen) return 'broken';
    this.#socket.destroy();
    return { tools: this.#tools };
  }

  #take(type: string, body: Buffer): void {
    if (type === 'p') this.#loaded();
    const [running] = this.#jobs;
    if (!running) return;
    if (type === 't') this.#say(running, body);
    if (type === 'r') this.#end({ report: readReport(body) });
    if (type === 'f') {
      this.#end({ fault: asFault(body.toString('utf8')) });
      this.abandon();
    }
    takers[type]?.(running, body);
  }

  #end(how: RelayEnd): void {
    this.#jobs.shift()?.end(how);
    if (this.#jobs.length === 0)
      this.#socket.unref(); // an idle connection must not keep a program alive
    else if ('report' in how) this.#jobs[0]?.begun();
  }

  #loseAll(): void {
    const jobs = this.#jobs;
    this.#jobs = [];
    for (const { end } of jobs) end({ lost: true });
  }

  /** The next line of a talk, or its end. */
  #say({ number, talk }: Running, replies: Buffer): void {
    void talk?.(lastLine(replies)).then((line) => {
      if (line === undefined) this.#send('q', number);
      else this.#send('l', number, (packer) => packer.raw(line));
    });
  }

  #send(type: string, job: number, packBody?: (packer: Packer) => void): void {
    if (!this.isOpen) return;
    const packer = new Packer();
    packer.byte(type.charCodeAt(0));
    const start = packer.reserve();
    packer.number(job);
    packBody?.(packer);
    packer.fill(start);
    this.#cork();
    this.#socket.write(packer.done());
  }

  /** What is sent together goes in one piece. */
  #cork(): void {
    if (this.#isCorked) return;
    this.#isCorked = true;
    this.#socket.cork();
    process.nextTick(() => {
      this.#isCorked = false;
      this.#socket.uncork();
    });
  }
}

/** What the relay sends, by its type. */
const takers: Readonly<Record<string, (running: Running, body: Buffer) => void>> = {
  o: ({ stdout }, body) => stdout.push(body),
  e: ({ stderr }, body) => stderr.push(body),
  x: ({ replies }, body) => replies.push(body),
  t: ({ replies }, body) => replies.push(body),
};

/** As a nursery takes them, see slot/nursery.c. */
const wordsOf = ({ library, libraries, argv }: Tool): string =>
  [library, libraries.join(':'), ...argv].map((word) => `${word}\0`).join('');

/** The last of some lines that each end with a newline. */
function lastLine(lines: Buffer): string {
  return lines.subarray(lines.lastIndexOf(10, -2) + 1, -1).toString('utf8');
}

type Surroundings = {
  /** The number of the nursery that clones the job: 0, or that of a tool. */
  nursery: number;
  /** Processes of the same user that the job's own limit must leave room for. */
  residents: number;
  /** The number of the warm program that the job is for, or -1. */
  warm: number;
  /** Limit of one process's data where no control group limits the memory, else 0. */
  dataBytes: number;
  talks: boolean;
};

/** What the relay needs of a job; the orders of its first process, which end with the files of the content; the rest. */
function packJob(packer: Packer, job: WireJob, surroundings: Surroundings): void {
  const { limits, exchanges, product, argv, env = {}, content } = job;
  const { nursery, warm, residents, dataBytes, talks } = surroundings;
  packer.number(nursery);
  packer.long(limits.outputBytes);
  packer.number(exchanges ? 1 : 0);
  packer.number(talks ? 1 : 0);
  const orders = packer.reserve();
  packer.number(warm);
  packer.number(exchanges ? 1 : 0);
  packer.number(product ? 1 : 0);
  packer.long(limits.diskBytes);
  packer.long(dataBytes);
  packer.number(Math.floor(limits.cpuMs / 1000) + 2);
  packer.number(limits.processes + residents);
  packer.texts(argv);
  packer.texts(Object.entries(env).map(([name, value]) => `${name}=${value}`));
  const afterFiles = 4 + content.readUInt32LE(0);
  packer.raw(content.subarray(4, afterFiles));
  packer.fill(orders);
  packer.raw(content.subarray(afterFiles));
}

/** As `report` of slot/relay.c packs it; -1 stands for what did not happen. */
function readReport(body: Buffer): Report {
  const orNull = (value: number) => (value < 0 ? null : value);
  return {
    exit: orNull(body.readInt32LE(0)),
    signal: orNull(body.readInt32LE(4)),
    flooded: body.readInt32LE(8) !== 0,
    violated: body.readInt32LE(12) !== 0,
    cpuMs: body.readDoubleLE(16),
    wallMs: body.readDoubleLE(24),
    stdoutBytes: body.readIntLE(32, 6),
    stderrBytes: body.readIntLE(40, 6),
    peakMemoryBytes: body.readIntLE(48, 6),
  };
}

/** A fault of a first process: a code, a line end, a message. */
function asFault(words: string): AssayError {
  const end = words.indexOf('\n');
  // The codes stand in slot/first.c and are of the table.
  return new AssayError(words.slice(0, end) as ErrorCode, words.slice(end + 1));
}
