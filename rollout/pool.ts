import { randomUUID } from 'node:crypto';
import { BroadcastChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Task } from '../datasets/task.ts';
import { entryPoint } from '../verifiers/paths.ts';
import type { SandboxAddress } from '../verifiers/sandbox/index.ts';
import type { PolicySpec } from './open-policy.ts';
import type { PlannedRollout } from './plan.ts';
import type { Sampling } from './policy.ts';
import type { RolloutRow } from './rollout-row.ts';

/** What every thread is told at its start. */
export type WorkerSettings = {
  tasks: readonly Task[];
  policy: PolicySpec;
  sampling: Sampling;
  sandbox: SandboxAddress;
  turns?: number;
  cancelChannel: string;
};

export type EpisodeOrder = { planned: PlannedRollout; tried: number };

/** An error loses its class between threads, so that a cancelled episode is told as data. */
export type EpisodeAnswer = { row: RolloutRow } | { cancelled: true };

export type PoolOptions = Omit<WorkerSettings, 'cancelChannel'> & {
  threads: number;
  /** Episodes at a time, over all threads. */
  concurrency: number;
};

/** How long cancelled episodes may take to let go of what they hold, before their threads are ended. */
const graceMs = 5_000;

/** Threads that play episodes, many at a time in each. */
export class EpisodePool {
  readonly #piscina: Piscina<EpisodeOrder, EpisodeAnswer>;
  readonly #cancel: BroadcastChannel;

  constructor({ threads, concurrency, ...settings }: PoolOptions) {
    const cancelChannel = `assay-cancel-${randomUUID()}`;
    this.#cancel = new BroadcastChannel(cancelChannel);
    this.#piscina = new Piscina({
      filename: entryPoint('rollout/worker'),
      minThreads: threads,
      maxThreads: threads,
      idleTimeout: Number.POSITIVE_INFINITY,
      concurrentTasksPerWorker: Math.ceil(concurrency / threads),
      // A thread that waits for tasks by atomics would freeze the episodes that are under way in it.
      atomics: 'disabled',
      recordTiming: false,
      workerData: { ...settings, cancelChannel } satisfies WorkerSettings,
    });
  }

  /** Plays one episode. Rejects when its thread was lost. */
  play(order: EpisodeOrder): Promise<EpisodeAnswer> {
    return this.#piscina.run(order);
  }

  /** Ends the episodes under way: they answer `cancelled`, or reject when they do not come to it in time. */
  cancel(): void {
    this.#cancel.postMessage('cancel');
    setTimeout(() => void this.#piscina.destroy(), graceMs).unref();
  }

  /** Ends the threads, whatever they do. */
  async close(): Promise<void> {
    this.#cancel.close();
    await this.#piscina.destroy();
  }
}
