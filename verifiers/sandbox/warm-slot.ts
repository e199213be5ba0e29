import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdirSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { constants } from 'node:os';
import { join } from 'node:path';
import { AssayError, type ErrorCode } from '../errors.ts';
import { packageRoot } from '../paths.ts';
import { baseEnvironment, bubblewrapArguments } from './bubblewrap.ts';
import { captured } from './capture.ts';
import type { Cell } from './cell.ts';
import type { Ending, Job, JobResult } from './job.ts';
import { createCutter, encodeFrame } from './protocol.ts';
import type { WarmProgram } from './sandbox.ts';
import { seccompFilter } from './seccomp.ts';
import type { Slot } from './slot.ts';
import type { View } from './view.ts';
import { defaultWallMs, type LimitHit, watch } from './watchdog.ts';

export const forkServer = join(packageRoot, 'verifiers/sandbox/fork-server.py');
const forkServerInside = '/opt/assay/fork-server.py';

const startMs = 20_000;
const reportMs = 2000;
/** What the warm process and init need beside the candidate. */
const residentBytes = 48 << 20;
const residentProcesses = 8;

type Report = {
  exit: number | null;
  signal: number | null;
  flooded: boolean;
  violated: boolean;
  stdoutBytes: number;
  stderrBytes: number;
  cpuMs: number;
  peakMemoryBytes: number;
};

/** How the connection to init ended: with its report, with a fault of ours, or without a word. */
type InitEnd = { report: Report } | { fault: AssayError } | { lost: true };

/**
 * A slot that forks each job from a warm process into fresh namespaces: no start of bubblewrap, and none of the
 * interpreter for warm programs. One bubblewrap and one control group live as long as the slot.
 */
export class WarmSlot implements Slot {
  readonly #cell: Cell;
  readonly #view: View;
  readonly #programs: readonly WarmProgram[];
  readonly #folder: string;
  #server: ChildProcess | undefined;
  #next: Promise<Socket> | undefined;

  constructor(cell: Cell, view: View, programs: readonly WarmProgram[], folder: string) {
    this.#cell = cell;
    this.#view = view;
    this.#programs = programs;
    this.#folder = join(folder, cell.name);
  }

  async start(): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { mode: 0o700 });
    if (this.#cell.uid !== undefined) chownSync(this.#folder, this.#cell.uid, this.#cell.uid);
    const [command = '', ...rest] = this.#cell.enter(this.#command());
    const server = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#server = server;
    server.once('exit', () => this.#forget(server));
    await readiness(server);
    this.#prepare();
  }

  #command(): string[] {
    const mounts = [...this.#view.mounts, { source: forkServer, target: forkServerInside }];
    const config = {
      socket: '/run/assay/socket',
      seccomp: seccompFilter().toString('base64'),
      warm: this.#programs,
    };
    const enclosure = {
      view: { ...this.#view, mounts },
      environment: baseEnvironment(this.#view),
      diskBytes: 4096,
      socketFolder: this.#folder,
    };
    const program = [this.#view.python, '-s', '-S', '-B', forkServerInside, JSON.stringify(config)];
    return ['bwrap', ...bubblewrapArguments(enclosure), ...program];
  }

  /** Connects ahead of need: init is then forked and its folders are mounted when the next job comes. */
  #prepare(): void {
    const next = this.#connect();
    next.catch(() => {});
    this.#next = next;
  }

  #connect(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect(join(this.#folder, 'socket'));
      socket.once('connect', () => resolve(socket));
      socket.once('error', reject);
    });
  }

  #forget(server: ChildProcess): void {
    if (this.#server === server) this.#server = undefined;
  }

  async run(job: Job, signal: AbortSignal): Promise<JobResult> {
    if (!this.#server) await this.start();
    const connection = await (this.#next ?? this.#connect());
    this.#next = undefined;
    const { cgroup } = this.#cell;
    cgroup?.setProcessLimit(job.limits.processes + residentProcesses);
    cgroup?.setMemoryLimit(job.limits.memoryBytes + residentBytes);
    const oomBefore = cgroup?.oomKills() ?? 0;
    const started = performance.now();

    let limit: LimitHit | undefined;
    const stop = (why?: LimitHit) => {
      limit ??= why;
      connection.end();
      setTimeout(() => connection.destroy(), reportMs).unref();
    };
    const wallMs = job.limits.wallMs ?? defaultWallMs(job.limits.cpuMs);
    let guard: { stop: () => void } | undefined;
    const onStart = () => {
      guard = watch({ cpuMs: job.limits.cpuMs, wallMs }, cgroup, stop);
    };
    const { stdout, stderr, replies, ended } = receive(connection, onStart);
    connection.write(encodeFrame(this.#header(job)));
    if (job.exchange) connection.write(encodeFrame(job.exchange));
    const onAbort = () => stop();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const end = await ended;
      if (signal.aborted) throw new AssayError('CANCELLED', 'the job was cancelled');
      const oom = (cgroup?.oomKills() ?? 0) > oomBefore;
      const report = this.#settle(end, limit, oom);
      return {
        ending: endingOf(report, limit, oom, job),
        stdout: captured(Buffer.concat(stdout), report.stdoutBytes),
        stderr: captured(Buffer.concat(stderr), report.stderrBytes),
        replies: linesOf(Buffer.concat(replies)),
        usage: {
          cpuMs: report.cpuMs,
          wallMs: performance.now() - started,
          peakMemoryBytes: report.peakMemoryBytes,
        },
      };
    } finally {
      guard?.stop();
      signal.removeEventListener('abort', onAbort);
      connection.destroy();
      if (this.#server) this.#prepare();
    }
  }

  #header(job: Job): unknown {
    const { limits } = job;
    return {
      argv: job.argv,
      env: { ...baseEnvironment(this.#view), ...job.env },
      files: (job.files ?? []).map(({ path, content }) => ({ path, ...asContent(content) })),
      stdin: asContent(job.stdin ?? ''),
      exchange: job.exchange !== undefined,
      limits: { ...limits, dataBytes: this.#cell.cgroup ? 0 : limits.memoryBytes },
    };
  }

  /** The report of a job, made up from the control group's counters where init could not send one. */
  #settle(end: InitEnd, limit: LimitHit | undefined, oom: boolean): Report {
    if ('report' in end) return end.report;
    this.#restart();
    if ('fault' in end) throw end.fault;
    if (!limit && !oom) throw new AssayError('SANDBOX_LOST', 'a sandbox ended without a report');
    return {
      exit: null,
      signal: constants.signals.SIGKILL,
      flooded: false,
      violated: false,
      stdoutBytes: 0,
      stderrBytes: 0,
      cpuMs: 0,
      peakMemoryBytes: this.#cell.cgroup?.peakMemoryBytes() ?? 0,
    };
  }

  #restart(): void {
    this.#server?.kill('SIGKILL');
    this.#server = undefined;
    this.#next = undefined;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#restart();
    if (server && server.exitCode === null && server.signalCode === null) {
      await new Promise((resolve) => server.once('exit', resolve));
    }
    this.#cell.release();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const asContent = (content: string | Uint8Array): { text: string } | { base64: string } =>
  typeof content === 'string' ? { text: content } : { base64: Buffer.from(content).toString('base64') };

/** Resolves when the fork server says that it is ready; its own words make the error when it is not. */
function readiness(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let words = '';
    const refuse = (why: string) => {
      server.kill('SIGKILL');
      reject(
        new AssayError(
          'SANDBOX_UNAVAILABLE',
          `the sandbox did not start: ${why}${words && ` — ${words.trim()}`}`,
        ),
      );
    };
    const timer = setTimeout(() => refuse(`the fork server gave no answer in ${startMs / 1000} s`), startMs);
    server.stderr?.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-2000);
    });
    server.stdout?.once('data', () => {
      clearTimeout(timer);
      resolve();
    });
    server.once('error', (error) => refuse(error.message));
    server.once('close', (code) => {
      clearTimeout(timer);
      refuse(`the fork server ended with ${code}`);
    });
  });
}

type Received = { stdout: Buffer[]; stderr: Buffer[]; replies: Buffer[]; ended: Promise<InitEnd> };

function receive(connection: Socket, onStart: () => void): Received {
  const replies: Buffer[] = [];
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  const ended = new Promise<InitEnd>((resolve) => {
    const takers: Record<string, (body: Buffer) => void> = {
      o: (body) => stdout.push(Buffer.from(body)),
      e: (body) => stderr.push(Buffer.from(body)),
      s: onStart,
      x: (body) => replies.push(Buffer.from(body)),
      r: (body) => resolve({ report: JSON.parse(body.toString('utf8')) }),
      f: (body) => resolve({ fault: asFault(JSON.parse(body.toString('utf8'))) }),
    };
    const take = createCutter(
      5,
      (head) => 5 + head.readUInt32BE(1),
      (frame) => takers[String.fromCharCode(frame[0] ?? 0)]?.(frame.subarray(5)),
    );
    connection.on('data', take);
    connection.on('error', () => {});
    connection.on('close', () => resolve({ lost: true }));
  });
  return { stdout, stderr, replies, ended };
}

/** Each reply ends with a newline. */
function linesOf(replies: Buffer): string[] {
  return replies.toString('utf8').split('\n').slice(0, -1);
}

function asFault({ code, message }: { code: ErrorCode; message: string }): AssayError {
  return new AssayError(code, message);
}

function endingOf(report: Report, limit: LimitHit | undefined, oom: boolean, job: Job): Ending {
  if (limit === 'overloaded') {
    throw new AssayError('HOST_OVERLOADED', 'the machine was too busy to give the candidate its time');
  }
  if (limit) return { by: limit };
  if (report.violated) return { by: 'protocol' };
  if (report.flooded) return { by: 'output-limit' };
  if (report.signal === null) return { by: 'exit', code: report.exit ?? 0 };
  const signal = signalName(report.signal);
  if (oom && signal === 'SIGKILL') return { by: 'memory-limit' };
  const ranOut = signal === 'SIGXCPU' || (signal === 'SIGKILL' && report.cpuMs >= job.limits.cpuMs);
  return ranOut ? { by: 'cpu-limit' } : { by: 'signal', signal };
}

export function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `signal ${number}`;
}
