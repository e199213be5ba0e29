import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { AssayError } from '../errors.ts';
import { baseEnvironment, bubblewrapArguments } from './bubblewrap.ts';
import type { Cell } from './cell.ts';
import { nameless } from './memory-file.ts';
import { outside, outsidePath } from './outside.ts';
import type { ServiceAnswer, ServiceSpec } from './sandbox.ts';
import { seccompFilter } from './seccomp.ts';
import type { View } from './view.ts';
import { defaultWallMs, watch } from './watchdog.ts';

const newline = 10;
const startMs = 30_000;
const defaultDiskBytes = 64 << 20;
/** Questions after which a service is started anew, so that nothing it remembers grows without end. */
const questionsPerLife = 5000;

/** One long-lived sandboxed program that answers lines with lines; started on the first question. */
export class Service {
  readonly #spec: ServiceSpec;
  readonly #cell: Cell;
  readonly #view: View;
  readonly #folder: string;
  readonly #enclosed: boolean;
  #child: ChildProcess | undefined;
  #questions = 0;

  constructor(spec: ServiceSpec, cell: Cell, view: View, folder: string, enclosed: boolean) {
    this.#spec = spec;
    this.#cell = cell;
    this.#view = view;
    this.#folder = folder;
    this.#enclosed = enclosed;
  }

  /** Starts the program and waits for its first line, which says that it is ready. */
  async #start(): Promise<ChildProcess> {
    const { cgroup } = this.#cell;
    cgroup?.setMemoryLimit(this.#spec.memoryBytes);
    cgroup?.setProcessLimit(this.#spec.processes);
    const filter = nameless(this.#folder, seccompFilter());
    const [command = '', ...rest] = this.#command();
    const child = spawn(command, rest, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', filter] });
    closeSync(filter);
    let words = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-2000);
    });
    const { line } = await this.#line(child, startMs);
    if (line === undefined) {
      child.kill('SIGKILL');
      throw new AssayError(
        'SANDBOX_FAULT',
        `the service ${this.#spec.argv.join(' ')} did not start: ${words.trim()}`,
      );
    }
    this.#child = child;
    this.#questions = 0;
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined;
    });
    return child;
  }

  #command(): string[] {
    const environment = baseEnvironment(this.#view);
    if (!this.#enclosed) {
      const { mounts, path } = this.#view;
      const argv = this.#spec.argv.map((word) => outside(word, mounts, this.#folder));
      return this.#cell.enter(['env', `PATH=${outsidePath(path, mounts)}`, ...argv]);
    }
    const { diskBytes = defaultDiskBytes } = this.#spec;
    const enclosure = { view: this.#view, environment, diskBytes, seccompFd: 4 };
    return this.#cell.enter(['bwrap', ...bubblewrapArguments(enclosure), ...this.#spec.argv]);
  }

  async ask(question: string, deadlineMs: number): Promise<ServiceAnswer> {
    if (this.#questions >= questionsPerLife) this.#kill();
    const child = this.#child ?? (await this.#start());
    this.#questions += 1;
    const started = performance.now();
    const answer = this.#line(child, deadlineMs);
    channelOf(child).write(`${question}\n`);
    const { line, timedOut, cpuMs } = await answer;
    const used = { cpuMs, wallMs: performance.now() - started };
    if (line !== undefined) return { ...used, outcome: 'replied', reply: line };
    this.#kill();
    return { ...used, outcome: timedOut ? 'timed-out' : 'died' };
  }

  /** One line from the program; none when it used up its CPU time or ended. */
  #line(child: ChildProcess, cpuMs: number): Promise<{ line?: string; timedOut: boolean; cpuMs: number }> {
    const channel = channelOf(child);
    return new Promise((resolve) => {
      const { cgroup } = this.#cell;
      const cpuBefore = cgroup?.cpuMs() ?? 0;
      const pieces: Buffer[] = [];
      const settle = (result: { line?: string; timedOut: boolean }) => {
        guard.stop();
        channel.off('data', onData);
        child.off('exit', onExit);
        child.off('error', onExit);
        resolve({ ...result, cpuMs: (cgroup?.cpuMs() ?? 0) - cpuBefore });
      };
      const onData = (chunk: Buffer) => {
        const end = chunk.indexOf(newline);
        pieces.push(end < 0 ? chunk : chunk.subarray(0, end));
        if (end >= 0) settle({ line: Buffer.concat(pieces).toString('utf8'), timedOut: false });
      };
      const onExit = () => settle({ timedOut: false });
      const limits = { cpuMs, wallMs: defaultWallMs(cpuMs) };
      const guard = watch(limits, cgroup, () => settle({ timedOut: true }));
      channel.on('data', onData);
      child.once('exit', onExit);
      child.once('error', onExit);
    });
  }

  #kill(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#kill();
    if (child && child.exitCode === null && child.signalCode === null) {
      await new Promise((resolve) => child.once('exit', resolve));
    }
    this.#cell.release();
  }
}

/** Descriptor 3 of the program: libuv makes a two-way stream of it. */
function channelOf(child: ChildProcess): Duplex {
  const channel = child.stdio[3] as Duplex;
  if (channel.listenerCount('error') === 0) channel.on('error', () => {});
  return channel;
}
