import type { Task } from '../datasets/task.ts';
import { createEnvironment, type Environment, type StepResult } from '../envs/index.ts';
import type { Sandbox } from '../verifiers/sandbox/sandbox.ts';
import { sha256 } from '../verifiers/verdict.ts';
import { cancellable } from './cancellable.ts';
import { underDeadline } from './deadline.ts';
import type { Gate } from './gate.ts';
import { Problem } from './problem.ts';

export type StepRequest = { completion: string; key?: string };

export type EpisodeOptions = {
  task: Task;
  turns?: number;
  sandbox: Sandbox;
  gate: Gate;
  /** Time one step may take with its waiting. */
  stepMs: number;
};

/** What was answered to a step that carried a key, for a client that lost the answer. */
type Remembered = { completionSha256: string; result: Promise<StepResult> };

/** One episode between its requests: an environment that takes one step at a time, and the answers it has given. */
export class Episode {
  readonly #options: EpisodeOptions;
  readonly #environment: Environment;
  readonly #closed = new AbortController();
  readonly #remembered = new Map<string, Remembered>();
  #running: AbortSignal | undefined;
  #ended = false;

  constructor(options: EpisodeOptions) {
    const { task, turns, sandbox } = options;
    this.#options = options;
    this.#environment = createEnvironment({
      tasks: [task],
      sandbox: cancellable(sandbox, () => this.#running),
      ...(turns !== undefined && { turns }),
    });
  }

  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** Whether the last step terminated or truncated it. */
  get ended(): boolean {
    return this.#ended;
  }

  reset(seed: number): ReturnType<Environment['reset']> {
    return this.#environment.reset({ task: this.#options.task.id, seed });
  }

  /**
   * Judges one answer. A step that `gone` cancels has not happened. With a `key`, the same step sent again is
   * answered as the first time, and `gone` does not cancel it, since its client may come back.
   *
   * Errors: `EPISODE_BUSY`, `EPISODE_CLOSED`, `EPISODE_MISUSED`, `KEY_REUSED`, `QUEUE_FULL`, `TIMED_OUT`.
   */
  async step({ completion, key }: StepRequest, gone: AbortSignal): Promise<StepResult> {
    const earlier = key === undefined ? undefined : this.#remembered.get(key);
    if (earlier) return repeat(earlier, completion);
    if (this.busy)
      throw new Problem('EPISODE_BUSY', 'a step of this episode is running; wait for its answer');
    if (key === undefined) return this.#step(completion, gone);
    const result = this.#step(completion);
    this.#remembered.set(key, { completionSha256: sha256(completion), result });
    // A step that did not happen is forgotten, so that its key can be tried again.
    result.catch(() => this.#remembered.delete(key));
    return result;
  }

  async #step(completion: string, ...gone: AbortSignal[]): Promise<StepResult> {
    const { gate, stepMs } = this.#options;
    return underDeadline({ timeoutMs: stepMs, until: [this.#closed.signal, ...gone] }, async (signal) => {
      this.#running = signal;
      try {
        const result = await gate.run(() => this.#environment.step({ completion }), signal);
        this.#ended = result.terminated || result.truncated;
        return result;
      } finally {
        this.#running = undefined;
      }
    });
  }

  /** Ends a running step with `reason` and closes the environment. */
  async close(reason: Problem): Promise<void> {
    this.#closed.abort(reason);
    await this.#environment.close();
  }
}

async function repeat({ completionSha256, result }: Remembered, completion: string): Promise<StepResult> {
  if (completionSha256 === sha256(completion)) return result;
  throw new Problem('KEY_REUSED', 'this Idempotency-Key came with another completion before');
}
