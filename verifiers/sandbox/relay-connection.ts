import type { Socket } from 'node:net';
import { AssayError, type ErrorCode } from '../errors.ts';
import { contentOf, createCutter, type WireJob } from './protocol.ts';
import type { Talk } from './slot.ts';

/** `slot/tool.c` as it is inside. */
export const toolLibrary = '/opt/assay/tool.so';

/** What the relay reports when a job is over. Times in milliseconds. */
export type Report = {
  exit: number | null;
  signal: number | null;
  flooded: boolean;
  violated: boolean;
  stdoutBytes: number;
  stderrBytes: number;
  cpuMs: number;
  peakMemoryBytes: number;
};

/** How a job ended: with a report, with a fault of ours, or without a word. */
export type RelayEnd = { report: Report } | { fault: AssayError } | { lost: true };

/** What comes of a job. The streams grow until `ended` resolves. */
export type Received = { stdout: Buffer[]; stderr: Buffer[]; replies: Buffer[]; ended: Promise<RelayEnd> };

/**
 * The connection to the relay of a slot, see `slot/`, for one job at a time. What is sent after a job is over, because
 * that is not known yet, names the job by its number and is not taken for the next one's.
 */
export class RelayConnection {
  readonly #socket: Socket;
  #number = 0;
  /** Those that have nurseries, in their order. */
  readonly #tools: string[] = [];
  #take: (type: string, body: Buffer) => void = () => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    const cut = createCutter(
      5,
      (head) => 5 + head.readUInt32LE(1),
      (frame) => this.#take(String.fromCharCode(frame[0] ?? 0), frame.subarray(5)),
    );
    socket.on('data', cut);
    socket.on('error', () => {});
    socket.on('close', () => this.#take('lost', Buffer.alloc(0)));
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** The number of the nursery of a tool, which is made when it is first asked for; see `slot/tool.c`. */
  nurseryOf(program: string, libraries: readonly string[]): number {
    const words = [program, toolLibrary, libraries.join(':')];
    const tool = words.join('\0');
    if (!this.#tools.includes(tool)) {
      this.#tools.push(tool);
      this.#send('p', 0, words.map(terminated));
    }
    return 1 + this.#tools.indexOf(tool);
  }

  /** How many processes of its own the slot has at most, while a job runs. */
  get residentProcesses(): number {
    return 8 + 4 * this.#tools.length;
  }

  /** Hands a job on. With `talk`, the last reply so far asks it for the next line. */
  start(job: WireJob, surroundings: Surroundings, talk?: Talk): Received {
    this.#number += 1;
    const number = this.#number;
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const replies: Buffer[] = [];
    const ended = new Promise<RelayEnd>((resolve) => {
      const takers: Record<string, (body: Buffer) => void> = {
        o: (body) => stdout.push(Buffer.from(body)),
        e: (body) => stderr.push(Buffer.from(body)),
        x: (body) => replies.push(Buffer.from(body)),
        t: (body) => {
          replies.push(Buffer.from(body));
          talk?.(lastLine(body)).then((line) => this.#say(number, line));
        },
        r: (body) => resolve({ report: JSON.parse(body.toString('utf8')) }),
        f: (body) => resolve({ fault: asFault(body.toString('utf8')) }),
        lost: () => resolve({ lost: true }),
      };
      this.#take = (type, body) => takers[type]?.(body);
    });
    this.#send('j', number, encodeJob(job, surroundings));
    return { stdout, stderr, replies, ended };
  }

  /** Ends the job that runs; its report follows. */
  kill(): void {
    this.#send('k', this.#number, []);
  }

  /** The next line of a talk, or its end. */
  #say(number: number, line: string | undefined): void {
    this.#send(line === undefined ? 'q' : 'l', number, line === undefined ? [] : [Buffer.from(line)]);
  }

  #send(type: string, job: number, parts: readonly Buffer[]): void {
    if (this.isOpen) this.#socket.write(Buffer.concat([Buffer.from(type), sized([number(job), ...parts])]));
  }
}

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

/**
 * A job in the form that `slot/` reads: numbers of 4 or 8 bytes, low byte first; texts as their size, their bytes and a
 * zero.
 */
function encodeJob(job: WireJob, { nursery, warm, residents, dataBytes, talks }: Surroundings): Buffer[] {
  const { argv, files, stdin, exchange, env = {}, limits } = job;
  const orders = [
    number(warm),
    number(exchange ? 1 : 0),
    number(job.product ? 1 : 0),
    long(limits.diskBytes),
    long(dataBytes),
    number(Math.floor(limits.cpuMs / 1000) + 2),
    number(limits.processes + residents),
    ...list(argv.map((word) => text(word))),
    ...list(Object.entries(env).map(([name, value]) => text(`${name}=${value}`))),
    ...list(files.map((file) => Buffer.concat([text(file.path), text(contentOf(file))]))),
  ];
  const lines = exchange ? exchange.map((line) => `${line}\n`).join('') : '';
  return [
    number(nursery),
    sized(orders),
    long(limits.outputBytes),
    text(contentOf(stdin)),
    number(exchange ? 1 : 0),
    number(talks ? 1 : 0),
    text(lines),
  ];
}

function number(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function long(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

const zero = Buffer.of(0);
const terminated = (word: string): Buffer => Buffer.concat([Buffer.from(word), zero]);

function text(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([number(bytes.length), bytes, zero]);
}

const list = (items: readonly Buffer[]): Buffer[] => [number(items.length), ...items];

const sized = (parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([number(body.length), body]);
};

/** The lines of the replies; each ends with a newline. */
export function linesOf(replies: readonly Buffer[]): string[] {
  return Buffer.concat(replies).toString('utf8').split('\n').slice(0, -1);
}

/** A fault of a first process: a code, a line end, a message. */
function asFault(words: string): AssayError {
  const end = words.indexOf('\n');
  // The codes stand in slot/first.c and are of the table.
  return new AssayError(words.slice(0, end) as ErrorCode, words.slice(end + 1));
}
