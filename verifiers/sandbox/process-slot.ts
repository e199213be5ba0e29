import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Duplex, Readable } from 'node:stream';
import { AssayError } from '../errors.ts';
import { capture, type Output } from './capture.ts';
import type { Cell } from './cell.ts';
import { runExchange } from './exchange.ts';
import type { Ending, Job } from './job.ts';
import { nameless } from './memory-file.ts';
import { enclose, expose, type Prepare, type Prepared } from './prepare-process.ts';
import { unavailable } from './remedies.ts';
import { signalName } from './signal-name.ts';
import { maxReplyBytes, type Slot, type Talk } from './slot.ts';
import { type Supervision, supervise } from './supervise.ts';
import type { View } from './view.ts';
import { toWire, unpackJob, type WireJob } from './wire-job.ts';
import type { WireResult } from './wire-result.ts';

const closeMs = 1000;
const statusBytes = 4096;
/** Ended processes count until the host's init has reaped them, which can take it a while. */
const lingering = 64;

/**
 * A slot that starts one chain of processes per job. With bubblewrap it needs nothing warm; without it (only on the
 * user's word) it is no sandbox at all.
 */
export class ProcessSlot implements Slot {
  readonly #cell: Cell;
  readonly #view: View;
  readonly #folder: string;
  readonly #prepare: Prepare;

  constructor(cell: Cell, view: View, folder: string, enclosed: boolean) {
    this.#cell = cell;
    this.#view = view;
    this.#folder = folder;
    this.#prepare = enclosed ? enclose : expose;
  }

  /** There is nothing to keep warm; one empty run shows whether this kind works here. */
  async start(): Promise<void> {
    const limits = {
      cpuMs: 5000,
      memoryBytes: 64 << 20,
      processes: 8,
      diskBytes: 1 << 20,
      outputBytes: 4096,
    };
    await this.run(toWire({ argv: ['true'], limits }), new AbortController().signal);
  }

  async run(wire: WireJob, signal: AbortSignal, talk?: Talk): Promise<WireResult> {
    const job = unpackJob(wire);
    const { cgroup } = this.#cell;
    cgroup?.setProcessLimit(job.limits.processes + lingering);
    cgroup?.setMemoryLimit(job.limits.memoryBytes);
    cgroup?.resetPeak();
    const cpuBefore = cgroup?.cpuMs() ?? 0;
    const firstFd = job.exchange ? 4 : 3;
    const prepared = this.#prepare(job, this.#cell, this.#view, this.#folder, firstFd);
    const started = performance.now();
    const child = spawnPrepared(prepared, nameless(this.#folder, job.stdin ?? ''), firstFd);
    const supervision = supervise(job, cgroup, signal, () => killTree(child, prepared));
    try {
      const output = listen(child, prepared, job, supervision, talk);
      const own = await ended(child);
      const replies = await output.replies;
      const cpuMs = cgroup ? cgroup.cpuMs() - cpuBefore : 0;
      const ending = supervision.ending({ ...own, cpuMs });
      const status = output.status?.();
      if (status) refuseLost(own, ending, status);
      refuseBrokenStart(status, output.stderr().kept.toString('utf8'));
      return {
        ending,
        stdout: output.stdout(),
        stderr: output.stderr(),
        replies: Buffer.from(replies.map((reply) => `${reply}\n`).join('')),
        usage: {
          cpuMs,
          wallMs: performance.now() - started,
          peakMemoryBytes: cgroup?.peakMemoryBytes() ?? 0,
        },
      };
    } finally {
      supervision.release();
      // Without namespaces, what a job left running is found by its control group.
      if (prepared.cwd) for (const pid of cgroup?.processes() ?? []) killProcess(pid);
      prepared.cleanUp();
    }
  }

  async close(): Promise<void> {
    this.#cell.release();
  }
}

function spawnPrepared(prepared: Prepared, stdin: number, firstFd: number): ChildProcess {
  const [command = '', ...rest] = prepared.command;
  const pipes = (count: number) => Array.from({ length: count }, () => 'pipe' as const);
  const status = pipes(prepared.statusFd === undefined ? 0 : 1);
  try {
    return spawn(command, rest, {
      stdio: [stdin, ...pipes(firstFd - 1), ...prepared.descriptors, ...status],
      ...(prepared.cwd && { cwd: prepared.cwd, detached: true }),
    });
  } finally {
    for (const fd of [stdin, ...prepared.descriptors]) closeSync(fd);
  }
}

/** Takes all that the child sends, and starts the clocks. The streams exist as `spawnPrepared` asked for them. */
function listen(
  child: ChildProcess,
  { statusFd }: Prepared,
  job: Job,
  supervision: Supervision,
  talk: Talk | undefined,
) {
  const flood = () => supervision.stop('output-limit');
  const stdout = capture(child.stdout as Readable, job.limits.outputBytes, flood);
  const stderr = capture(child.stderr as Readable, job.limits.outputBytes, flood);
  const replies = exchangeOver(child, job, supervision, talk);
  if (statusFd === undefined) {
    supervision.begin();
    return { stdout, stderr, replies };
  }
  // The clocks start when bubblewrap reports the start: on a busy machine, making a sandbox takes a while.
  const pipe = child.stdio[statusFd] as Readable;
  pipe.once('data', supervision.begin);
  return { stdout, stderr, replies, status: capture(pipe, statusBytes, () => {}) };
}

async function exchangeOver(
  child: ChildProcess,
  job: Job,
  supervision: Supervision,
  talk: Talk | undefined,
): Promise<string[]> {
  if (!job.exchange) return [];
  const channel = child.stdio[3] as Duplex;
  const { replies, violation } = await runExchange(channel, job.exchange, maxReplyBytes, talk);
  if (violation) supervision.stop('protocol');
  return replies;
}

function killTree(child: ChildProcess, { cwd }: Prepared): void {
  if (cwd && child.pid) killProcess(-child.pid);
  child.kill('SIGKILL');
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}

type Exit = { code: number } | { signal: string };

/** Waits for the exit, and a bounded time for the streams: a stray grandchild could hold them. */
function ended(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new AssayError('SANDBOX_FAULT', error.message, { cause: error })));
    child.once('exit', (code, signal) => {
      const exit = exitOf(code ?? 0, signal);
      const timer = setTimeout(() => resolve(exit), closeMs);
      child.once('close', () => {
        clearTimeout(timer);
        resolve(exit);
      });
    });
  });
}

/** Shells and bubblewrap tell a signal that ended their child by a code above 128. */
function exitOf(code: number, signal: string | null): Exit {
  if (signal) return { signal };
  return code > 128 && code < 160 ? { signal: signalName(code - 128) } : { code };
}

/**
 * Tells a bubblewrap that was itself killed, which is nobody's doing in it, from a candidate that was: of that one it
 * reports how it ended.
 */
function refuseLost(own: Exit, ending: Ending, status: Output): void {
  const isTold = status.kept.includes('exit-code');
  if ('signal' in own && ending.by === 'signal' && !isTold)
    throw new AssayError('SANDBOX_LOST', 'a sandbox was killed from outside');
}

/**
 * Tells a sandbox that could not be made from a candidate that ended badly, by what bubblewrap itself reports: its
 * words on stderr could be the candidate's.
 */
function refuseBrokenStart(status: Output | undefined, words: string): void {
  if (status && !status.kept.includes('child-pid')) throw unavailable(words);
}
