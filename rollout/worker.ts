import { setMaxListeners } from 'node:events';
import { BroadcastChannel, workerData } from 'node:worker_threads';
import { createEnvironment } from '../envs/index.ts';
import { asAssayError } from '../verifiers/errors.ts';
import { connectSandbox } from '../verifiers/sandbox/index.ts';
import { openPolicy } from './open-policy.ts';
import type { EpisodeAnswer, EpisodeOrder, WorkerSettings } from './pool.ts';
import { runEpisode } from './run-episode.ts';

// Whatever starts this thread is `EpisodePool`.
const {
  tasks,
  policy: spec,
  sandbox: address,
  sampling,
  turns,
  cancelChannel,
} = workerData as WorkerSettings;

const tasksById = new Map(tasks.map((task) => [task.id, task]));
const policy = openPolicy(spec, tasks);
const sandbox = connectSandbox(address);
const cancelled = new AbortController();
// Every request and every job under way listens to it.
setMaxListeners(0, cancelled.signal);

const channel = new BroadcastChannel(cancelChannel);
channel.onmessage = () => cancelled.abort();
channel.unref();

/** Plays one episode; many of them run in a thread at the same time, each with an environment of its own. */
export default async function playEpisode({ planned, tried }: EpisodeOrder): Promise<EpisodeAnswer> {
  const task = tasksById.get(planned.task);
  if (!task) throw new Error(`the thread was not given the task ${planned.task}`);
  const { signal } = cancelled;
  const environment = createEnvironment({ tasks: [task], sandbox, signal, ...(turns && { turns }) });
  try {
    const row = await runEpisode(planned, { environment, task, policy, sampling, tried, signal });
    return { row };
  } catch (thrown) {
    if (asAssayError(thrown).code !== 'CANCELLED') throw thrown;
    return { cancelled: true };
  } finally {
    await environment.close();
  }
}
