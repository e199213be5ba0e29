import { join } from 'node:path';
import { loadTasks } from '../datasets/load.ts';
import type { Task } from '../datasets/task.ts';
import { runRollouts } from '../rollout/index.ts';
import type { Bench, Measurement } from './bench.ts';
import { parallel, withFolder } from './workload.ts';

const few = 500;
const many = 4_500;

/**
 * CPU time of an episode in all threads of the program, from the plan to the line in the file. Answer and verdict
 * cost nothing here: the reference policy gives an empty answer, which is refused before any sandbox is asked. A
 * short run is taken off a long one, so that starting up does not count.
 */
export const episodeOverhead: Bench = {
  name: 'episode-overhead',
  what: 'CPU time of an episode outside of verifier and policy: threads, messages, files',
  against: '1 ms of CPU for each',
  target: 1,
  async run() {
    const [task] = await loadTasks('python/ledger-batch');
    if (!task) throw new Error('python/ledger-batch is shipped');
    const empty = { ...task, reference: '' };
    const startUp = await cpuSeconds(empty, few);
    const whole = await cpuSeconds(empty, many);
    const count = many - few;
    const ours: Measurement = { count, seconds: whole - startUp };
    return { ours, baseline: { count, seconds: count / 1000 } };
  },
};

async function cpuSeconds(task: Task, group: number): Promise<number> {
  const before = process.cpuUsage();
  await withFolder((folder) => play(task, group, join(folder, 'run')));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function play(task: Task, group: number, out: string): Promise<void> {
  const run = { tasks: [task], selector: task.id, out, group, seed: 0, fresh: true, unsafe: false };
  const load = { concurrency: 16 * parallel, threads: parallel };
  await runRollouts({ ...run, ...load, policy: 'reference', sampling: { maxTokens: 1 } });
}
