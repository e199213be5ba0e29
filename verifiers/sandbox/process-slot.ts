import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { AssayError } from '../errors.ts';
import { baseEnvironment, bubblewrapArguments } from './bubblewrap.ts';
import { capture } from './capture.ts';
import type { Cell, Ulimits } from './cell.ts';
import { runExchange } from './exchange.ts';
import type { Captured, Ending, Job, JobResult, Limits } from './job.ts';
import { diskError, nameless } from './memory-file.ts';
import { outside } from './outside.ts';
import { unavailable } from './remedies.ts';
import { seccompFilter } from './seccomp.ts';
import { maxReplyBytes, type Slot } from './slot.ts';
import type { View } from './view.ts';
import { signalName } from './warm-slot.ts';
import { defaultWallMs, type LimitHit, watch } from './watchdog.ts';

/** How a slot of this kind encloses its program: the descriptors to inherit, and the command that becomes it. */
type Prepared = {
  descriptors: number[];
  statusFd?: number;
  command: string[];
  cwd?: string;
  cleanUp: () => void;
};
type Prepare = (job: Job, firstFd: number) => Prepared;

const closeMs = 1000;
/** Ended processes count until the host's init has reaped them, which can take it a while. */
const lingering = 64;

/**
 * A slot that starts one process chain per job. With bubblewrap it needs nothing warm; without it (only on the user's
 * word) it is no sandbox at all.
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
    this.#prepare = enclosed ? this.#enclose : this.#expose;
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
    await this.run({ argv: ['true'], limits }, new AbortController().signal);
  }

  #environment(job: Job): Record<string, string> {
    return { ...baseEnvironment(this.#view), ...job.env };
  }

  #enclose = (job: Job, firstFd: number): Prepared => {
    const contents = [seccompFilter(), ...(job.files ?? []).map((file) => file.content)];
    const descriptors = contents.map((content) => nameless(this.#folder, content));
    const files = (job.files ?? []).map(({ path }, index) => ({ fd: firstFd + 1 + index, path }));
    const enclosure = {
      view: this.#view,
      environment: this.#environment(job),
      diskBytes: job.limits.diskBytes,
      seccompFd: firstFd,
      statusFd: firstFd + descriptors.length,
      files,
    };
    const command = this.#cell.enter(
      ['bwrap', ...bubblewrapArguments(enclosure), ...job.argv],
      ulimitsOf(job.limits, this.#cell.cgroup === undefined),
    );
    return { descriptors, statusFd: enclosure.statusFd, command, cleanUp: () => {} };
  };

  #expose = (job: Job): Prepared => {
    const cwd = mkdtempSync(join(this.#folder, 'work-'));
    try {
      for (const { path, content } of job.files ?? []) {
        mkdirSync(dirname(join(cwd, path)), { recursive: true });
        writeFileSync(join(cwd, path), content);
      }
    } catch (error) {
      throw diskError(error, cwd);
    }
    const argv = job.argv.map((word) => outside(word, this.#view.mounts, cwd));
    const variables = Object.entries(this.#environment(job)).map(([name, value]) => `${name}=${value}`);
    const command = this.#cell.enter(
      ['env', '-i', ...variables, ...argv],
      ulimitsOf(job.limits, this.#cell.cgroup === undefined),
    );
    return { descriptors: [], command, cwd, cleanUp: () => rmSync(cwd, { recursive: true, force: true }) };
  };

  async run(job: Job, signal: AbortSignal): Promise<JobResult> {
    const { cgroup } = this.#cell;
    cgroup?.setProcessLimit(job.limits.processes + lingering);
    cgroup?.setMemoryLimit(job.limits.memoryBytes);
    cgroup?.resetPeak();
    const before = { cpuMs: cgroup?.cpuMs() ?? 0, oom: cgroup?.oomKills() ?? 0 };
    const stdin = nameless(this.#folder, job.stdin ?? '');
    const channelCount = job.exchange ? 1 : 0;
    requireProgram(job.argv[0] ?? '', this.#view.path);
    const prepared = this.#prepare(job, 3 + channelCount);
    const started = performance.now();
    const child = this.#spawn(prepared, stdin, channelCount);
    let limit: LimitHit | 'protocol' | 'output-limit' | undefined;
    const stop = (why?: typeof limit) => {
      limit ??= why;
      killGroup(child, prepared.cwd !== undefined);
    };
    const stdout = capture(child.stdout as Readable, job.limits.outputBytes, () => stop('output-limit'));
    const stderr = capture(child.stderr as Readable, job.limits.outputBytes, () => stop('output-limit'));
    const statusPipe = prepared.statusFd ? (child.stdio[prepared.statusFd] as Readable) : undefined;
    const status = statusPipe && capture(statusPipe, 4096, () => {});
    const wallMs = job.limits.wallMs ?? defaultWallMs(job.limits.cpuMs);
    const guard = watchFrom(statusPipe, () => watch({ cpuMs: job.limits.cpuMs, wallMs }, cgroup, stop));
    const onAbort = () => stop();
    signal.addEventListener('abort', onAbort, { once: true });
    // The fourth stream exists exactly when the job has an exchange, and libuv makes it two-way.
    const exchange = job.exchange && runExchange(child.stdio[3] as Duplex, job.exchange, maxReplyBytes);
    exchange?.then((end) => end.violation && stop('protocol'));
    try {
      const { code, signalled } = await ended(child);
      const { replies } = (await exchange) ?? { replies: [] };
      if (signal.aborted) throw new AssayError('CANCELLED', 'the job was cancelled');
      const usage = {
        cpuMs: cgroup ? cgroup.cpuMs() - before.cpuMs : 0,
        wallMs: performance.now() - started,
        peakMemoryBytes: cgroup?.peakMemoryBytes() ?? 0,
      };
      const oom = (cgroup?.oomKills() ?? 0) > before.oom;
      const words = stderr();
      refuseBrokenStart(status?.(), words.text);
      return {
        ending: endingOf(code, signalled, limit, oom),
        stdout: stdout(),
        stderr: words,
        replies,
        usage,
      };
    } finally {
      guard.stop();
      signal.removeEventListener('abort', onAbort);
      if (prepared.cwd) killAll(cgroup?.processes() ?? []);
      prepared.cleanUp();
    }
  }

  #spawn(prepared: Prepared, stdin: number, channelCount: number): ChildProcess {
    const [command = '', ...rest] = prepared.command;
    const channels = Array.from({ length: channelCount }, () => 'pipe' as const);
    const status = prepared.statusFd === undefined ? [] : (['pipe'] as const);
    try {
      return spawn(command, rest, {
        stdio: [stdin, 'pipe', 'pipe', ...channels, ...prepared.descriptors, ...status],
        ...(prepared.cwd && { cwd: prepared.cwd, detached: true }),
      });
    } finally {
      for (const fd of [stdin, ...prepared.descriptors]) closeSync(fd);
    }
  }

  async close(): Promise<void> {
    this.#cell.release();
  }
}

function ulimitsOf(limits: Limits, withoutCgroup: boolean): Ulimits {
  return {
    c: 0,
    t: Math.floor(limits.cpuMs / 1000) + 2,
    f: Math.ceil(limits.diskBytes / 512),
    n: 256,
    ...(withoutCgroup && { d: Math.ceil(limits.memoryBytes / 1024) }),
  };
}

/** Without namespaces, what a job left running is found by its control group. */
function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {}
  }
}

function killGroup(child: ChildProcess, grouped: boolean): void {
  try {
    if (grouped && child.pid) process.kill(-child.pid, 'SIGKILL');
  } catch {}
  child.kill('SIGKILL');
}

/** Begins to watch when bubblewrap reports the start: on a busy machine, making a sandbox takes a while. */
function watchFrom(started: Readable | undefined, begin: () => { stop: () => void }): { stop: () => void } {
  if (!started) return begin();
  let guard: { stop: () => void } | undefined;
  started.once('data', () => {
    guard = begin();
  });
  return { stop: () => guard?.stop() };
}

type Exit = { code: number; signalled: string | undefined };

/** Waits for the exit, and a bounded time for the streams: a stray grandchild could hold them. */
function ended(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new AssayError('SANDBOX_FAULT', error.message, { cause: error })));
    child.once('exit', (code, signal) => {
      const exit = { code: code ?? 0, signalled: signal ?? undefined };
      const timer = setTimeout(() => resolve(exit), closeMs);
      child.once('close', () => {
        clearTimeout(timer);
        resolve(exit);
      });
    });
  });
}

/**
 * Tells a sandbox that could not be made from a candidate that ended badly, by what bubblewrap itself reports: its
 * words on stderr could be the candidate's.
 */
function refuseBrokenStart(status: Captured | undefined, words: string): void {
  if (status && !status.text.includes('child-pid')) throw unavailable(words);
}

/** A program of the toolchain that is not there is no doing of the candidate's; one in its own folder is. */
function requireProgram(program: string, searchPath: string): void {
  if (program.startsWith('/work/') || program.startsWith('.')) return;
  const places = program.startsWith('/')
    ? [program]
    : searchPath.split(':').map((folder) => join(folder, program));
  if (places.some((place) => existsSync(place))) return;
  throw new AssayError('TOOL_MISSING', `cannot start ${program}: there is none in the sandbox`);
}

function endingOf(
  code: number,
  signalled: string | undefined,
  limit: string | undefined,
  oom: boolean,
): Ending {
  if (limit === 'overloaded') {
    throw new AssayError('HOST_OVERLOADED', 'the machine was too busy to give the candidate its time');
  }
  if (limit) return { by: limit as 'cpu-limit' };
  const signal = signalled ?? (code > 128 && code < 160 ? signalName(code - 128) : undefined);
  if (signal === 'SIGXCPU') return { by: 'cpu-limit' };
  if (oom && signal === 'SIGKILL') return { by: 'memory-limit' };
  if (signal) return { by: 'signal', signal };
  return { by: 'exit', code };
}
