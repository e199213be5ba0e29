import type { Task } from '../datasets/task.ts';
import { AssayError } from '../verifiers/errors.ts';
import type { Sandbox } from '../verifiers/sandbox/sandbox.ts';
import type { Verdict } from '../verifiers/verdict.ts';
import { verify } from '../verifiers/verify.ts';
import { underDeadline } from './deadline.ts';
import { Episodes } from './episodes.ts';
import { createGate, type Gate } from './gate.ts';
import type { ServerLimits } from './limits.ts';
import { Problem } from './problem.ts';

/** What every protocol of the server is a thin skin over. */
export type Core = {
  readonly tasks: readonly Task[];
  readonly limits: ServerLimits;
  readonly sandbox: Sandbox;
  readonly gate: Gate;
  readonly episodes: Episodes;
  /** Finds a task by its id or throws `TASK_NOT_FOUND`. */
  find(id: string): Task;
  /** Judges one completion in its turn, until `gone`. Throws `TASK_NOT_FOUND`, `QUEUE_FULL`, `TIMED_OUT`. */
  verify(request: VerifyRequest, gone: AbortSignal): Promise<Verdict>;
  /** Whether new work is refused because the server is about to end. */
  readonly stopping: boolean;
  /** From now on new work is refused; what runs goes on. */
  stopAccepting(): void;
  /** Cancels what runs and closes every episode. The sandbox is its owner's to close. */
  close(): Promise<void>;
};

export type VerifyRequest = { task: string; completion: string; seed: number };

export type CoreOptions = { tasks: readonly Task[]; sandbox: Sandbox; limits: ServerLimits };

export const stoppingMessage = 'the server is stopping; try again in a moment';

export function createCore({ tasks, sandbox, limits }: CoreOptions): Core {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const gate = createGate(limits);
  const episodes = new Episodes({ sandbox, gate, limits });
  const stop = new AbortController();
  let stopping = false;

  function find(id: string): Task {
    const task = byId.get(id);
    if (task) return task;
    throw new AssayError(
      'TASK_NOT_FOUND',
      `no task "${id}" is served here; GET /v1/tasks lists those that are`,
    );
  }

  return {
    tasks,
    limits,
    sandbox,
    gate,
    episodes,
    find,
    get stopping() {
      return stopping;
    },
    stopAccepting() {
      stopping = true;
    },
    async verify({ task, completion, seed }, gone) {
      const found = find(task);
      const deadline = { timeoutMs: limits.requestMs, until: [gone, stop.signal] };
      return underDeadline(deadline, (signal) =>
        gate.run(() => verify(found, completion, { sandbox, seed, signal }), signal),
      );
    },
    async close() {
      stopping = true;
      const reason = new Problem('STOPPING', stoppingMessage);
      stop.abort(reason);
      await episodes.closeAll(reason);
    },
  };
}
