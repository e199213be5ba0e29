import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AssayError, type ErrorCode } from '../errors.ts';
import { packageRoot } from '../paths.ts';
import { baseEnvironment, bubblewrapArguments } from './bubblewrap.ts';
import type { Cell } from './cell.ts';
import { inPython, type Mount, type WarmProgram } from './sandbox.ts';
import { seccompFilter } from './seccomp.ts';
import { nodeLibrary, toolLibrary } from './tool.ts';
import type { View } from './view.ts';

const program = '/opt/assay/slot/main.py';
const library = '/opt/assay/slot.so';

const builtLibrary = join(packageRoot, 'dist/slot.so');

/** Where the program of the warm process and its native part come from; a view must have them. */
export const forkServerMounts: readonly Mount[] = [
  { source: join(packageRoot, 'verifiers/sandbox/slot'), target: '/opt/assay/slot' },
  { source: builtLibrary, target: library },
  { source: join(packageRoot, 'dist/tool.so'), target: toolLibrary },
  { source: join(packageRoot, 'dist/node.so'), target: nodeLibrary },
];

const notBuilt =
  'their native part was not built for want of a C compiler — install one (Debian: apt-get install g++) and run npm run build';
const startMs = 20_000;

/** The warm process of a slot, `slot/main.py` in its bubblewrap. */
export class ForkServer {
  readonly #cell: Cell;
  readonly #view: View;
  readonly #programs: readonly WarmProgram[];
  readonly #folder: string;
  readonly #cpu: number | undefined;
  #process: ChildProcess | undefined;

  /** `cpu`: the number of the one that the slot keeps to, if it is to keep to one. */
  constructor(cell: Cell, view: View, programs: readonly WarmProgram[], folder: string, cpu?: number) {
    this.#cell = cell;
    this.#view = view;
    this.#programs = programs;
    this.#folder = join(folder, cell.name);
    this.#cpu = cpu;
  }

  async start(): Promise<void> {
    if (!existsSync(builtLibrary)) throw new AssayError('TOOL_MISSING', notBuilt);
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { mode: 0o700 });
    if (this.#cell.uid !== undefined) chownSync(this.#folder, this.#cell.uid, this.#cell.uid);
    const [command = '', ...rest] = this.#cell.enter(this.#command());
    const started = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = started;
    started.once('exit', () => {
      if (this.#process === started) this.#process = undefined;
    });
    await readiness(started);
  }

  #command(): string[] {
    const config = {
      socket: '/run/assay/socket',
      seccomp: seccompFilter({ ofForkServer: true }).toString('base64'),
      library,
      warm: inPython(this.#programs).map(({ module }) => module),
      cpu: this.#cpu ?? -1,
    };
    const enclosure = {
      view: this.#view,
      environment: baseEnvironment(this.#view),
      diskBytes: 4096,
      socketFolder: this.#folder,
    };
    const argv = [this.#view.python, '-s', '-S', '-B', program, JSON.stringify(config)];
    return ['bwrap', ...bubblewrapArguments(enclosure), ...argv];
  }

  get runs(): boolean {
    return this.#process !== undefined;
  }

  /** Where the relay listens. */
  get socket(): string {
    return join(this.#folder, 'socket');
  }

  /** Ends the process, and everything forked from it. */
  kill(): void {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }

  async close(): Promise<void> {
    const last = this.#process;
    this.kill();
    if (last && last.exitCode === null && last.signalCode === null) {
      await new Promise((resolve) => last.once('exit', resolve));
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Resolves when the process says that it is ready; its own words make the error when it is not. */
function readiness(started: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let words = '';
    const refuse = (why: string, code: ErrorCode = 'SANDBOX_UNAVAILABLE') => {
      started.kill('SIGKILL');
      reject(new AssayError(code, `${why}${words && `: ${words.trim()}`}`));
    };
    const timer = setTimeout(() => refuse(`the fork server gave no answer in ${startMs / 1000} s`), startMs);
    started.stderr?.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-2000);
    });
    started.stdout?.once('data', () => {
      clearTimeout(timer);
      resolve();
    });
    started.once('error', (error) => refuse(error.message));
    started.once('close', (code, signal) => {
      clearTimeout(timer);
      if (signal) refuse(`the fork server was ended by ${signal}`, 'SANDBOX_LOST');
      else refuse(`the fork server ended with ${code}`);
    });
  });
}
