import { type ChildProcess, fork } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssayError, type ErrorCode } from '../errors.ts';
import { entryPoint } from '../paths.ts';
import { Client, type SandboxAddress } from './client.ts';
import { isAlive } from './identity.ts';
import type { LauncherOptions, LauncherState } from './launcher.ts';
import type { Sandbox, SandboxNeeds } from './sandbox.ts';

export type OpenSandboxOptions = {
  /** Jobs that run at the same time. Default: one for each core. */
  slots?: number;
  queueLength?: number;
  /** No isolation at all; every verdict says so. */
  unsafe?: boolean;
  kind?: 'warm' | 'process';
  needs?: SandboxNeeds;
};

/** A sandbox with the launcher that it owns. */
export type SandboxHost = Sandbox & {
  /** For `connectSandbox` in a worker thread. A launcher that was started anew has the same address. */
  readonly address: SandboxAddress;
  readonly state: LauncherState;
  readonly launcherPid: number;
};

const maxRestarts = 20;

/**
 * Starts the launcher process and waits until its slots are ready. A launcher that dies is started anew; jobs that
 * were running fail with `SANDBOX_LOST`.
 *
 * Errors: `SYSTEM_UNSUPPORTED` off Linux, `TOOL_MISSING` without bubblewrap or python3, `SANDBOX_UNAVAILABLE` where
 * the sandbox cannot be made, each with the remedy.
 */
export async function openSandbox(options: OpenSandboxOptions = {}): Promise<SandboxHost> {
  if (process.platform !== 'linux') {
    throw new AssayError(
      'SYSTEM_UNSUPPORTED',
      `the sandbox needs Linux, this is ${process.platform} — use the container in deploy/`,
    );
  }
  sweepFolders();
  const folder = mkdtempSync(join(tmpdir(), `assay-${process.pid}-`));
  chmodSync(folder, 0o711);
  const settings: LauncherOptions = {
    folder,
    slots: options.slots ?? cpus().length,
    queueLength: options.queueLength ?? 10_000,
    unsafe: options.unsafe ?? false,
    kind: options.kind ?? 'warm',
    needs: options.needs ?? { services: {}, mounts: [], warm: [] },
  };
  const launcher = new LauncherProcess(settings);
  const state = await launcher.start();
  const address = {
    path: join(folder, 'launcher.sock'),
    level: state.level,
    lends: state.kind === 'warm' ? settings.slots : 0,
    queueLength: settings.queueLength,
  };
  const client = new Client(address);
  return {
    ...client.sandbox(),
    address,
    state,
    get launcherPid() {
      return launcher.pid;
    },
    async close() {
      client.close();
      await launcher.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The launcher's process, started anew whenever it dies. */
class LauncherProcess {
  readonly #settings: LauncherOptions;
  #child: ChildProcess | undefined;
  #starting: Promise<LauncherState> | undefined;
  #kind: LauncherState['kind'] | undefined;
  #closing = false;
  #restarts = 0;

  constructor(settings: LauncherOptions) {
    this.#settings = settings;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  async start(): Promise<LauncherState> {
    const { child, ready } = launch(this.#settings);
    this.#child = child;
    this.#starting = ready;
    const state = await ready;
    child.once('exit', () => this.#startAnew());
    this.#kind ??= state.kind;
    // Clients count on the kind of slots that there was at first: its end has another be started.
    if (state.kind !== this.#kind) child.kill();
    return state;
  }

  /** One that dies while it starts is started anew too. Jobs meet one that never comes as SANDBOX_LOST. */
  #startAnew(): void {
    if (this.#closing || this.#restarts >= maxRestarts) return;
    this.#restarts += 1;
    this.start().catch(() => this.#startAnew());
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#starting?.catch(() => {});
    if (this.#child) await end(this.#child);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.ref();
  child.disconnect();
  await exited;
}

/** Removes folders of programs that are gone. */
function sweepFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(/^assay-(\d+)-/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

type Message = { ready: LauncherState } | { failed: { code: ErrorCode; message: string } };

function launch(settings: LauncherOptions): { child: ChildProcess; ready: Promise<LauncherState> } {
  const child = fork(entryPoint('verifiers/sandbox/launcher-main'), [JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--max-old-space-size=512'],
  });
  const ready = new Promise<LauncherState>((resolve, reject) => {
    const refuse = (why: string) => reject(new AssayError('SANDBOX_UNAVAILABLE', why));
    child.once('message', (message: Message) => {
      if ('failed' in message) return reject(new AssayError(message.failed.code, message.failed.message));
      // The launcher must not keep a program alive that has nothing else to do.
      child.unref();
      child.channel?.unref();
      resolve(message.ready);
    });
    child.once('exit', (code) => refuse(`the launcher ended with ${code}`));
    child.once('error', (error) => refuse(`the launcher could not be started: ${error.message}`));
  });
  return { child, ready };
}
