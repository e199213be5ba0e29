import type { Task } from '../datasets/task.ts';
import { environmentOf } from '../envs/index.ts';
import { openVerifierSandbox } from '../verifiers/open.ts';
import type { NoVerdictError } from '../verifiers/verdict.ts';
import { version } from '../verifiers/version.ts';
import { EpisodeRun, type EpisodeRunOptions } from './episode-run.ts';
import { lostRollout } from './lost-rollout.ts';
import { type PlannedRollout, planRollouts, remaining } from './plan.ts';
import { type EpisodeOrder, EpisodePool } from './pool.ts';
import { present } from './present.ts';
import { type PolicyOptions, type ResolvedPolicy, resolvePolicy } from './resolve-policy.ts';
import type { Outcome } from './rollout-row.ts';
import { digestTasks, type RunConfiguration } from './run-configuration.ts';
import { RunFolder, type RunRecord } from './run-folder.ts';
import { type Summary, summarise } from './summary.ts';
import { versions } from './versions.ts';

export type RolloutOptions = PolicyOptions & {
  tasks: readonly Task[];
  /** What named the tasks; recorded. */
  selector: string;
  /** Folder of the run's files. */
  out: string;
  /** Rollouts of each task. */
  group: number;
  seed: number;
  /** In place of each task's own. */
  turns?: number;
  /** Episodes at a time. */
  concurrency: number;
  threads: number;
  /** Deletes an earlier run in `out`. */
  fresh: boolean;
  /** Runs candidates without a sandbox. */
  unsafe: boolean;
};

export type RunEvents = {
  /** Before the first episode: what an earlier run left, and how much of a torn row was cut off. */
  onStart?(start: { planned: number; earlier: Iterable<Outcome>; cutBytes: number }): void;
  onRecorded?(outcome: Outcome): void;
};

export type RunResult = {
  out: string;
  summary: Summary;
  /** Ended by the signal; `resume` by starting it again. */
  interrupted: boolean;
  /** What ended the run early, when one rollout after the other had no verdict. */
  stoppedBy?: NoVerdictError;
};

/**
 * Plays every rollout of a run that its folder does not have yet, and sums it up. A run that was stopped at any
 * moment, by whatever means, is resumed by the same call. Rollouts without a verdict are played again.
 *
 * Errors: `USAGE` for options that contradict each other or the run in the folder; those of `resolvePolicy`, of
 * `openVerifierSandbox` and of the files.
 */
export async function runRollouts(
  options: RolloutOptions,
  { signal, ...events }: RunEvents & { signal?: AbortSignal } = {},
): Promise<RunResult> {
  const { tasks, concurrency } = options;
  const policy = await resolvePolicy(options, { tasks, connections: concurrency, ...(signal && { signal }) });
  try {
    const folder = await RunFolder.open(options.out, recordOf(options, policy), options);
    try {
      return await runIn(folder, options, policy, events, signal);
    } finally {
      await folder.close();
    }
  } finally {
    await policy.close();
  }
}

async function runIn(
  folder: RunFolder,
  options: RolloutOptions,
  policy: ResolvedPolicy,
  events: RunEvents,
  signal: AbortSignal | undefined,
): Promise<RunResult> {
  const { group: k } = options;
  const plan = planRollouts(
    options.tasks.map(({ id }) => id),
    options,
  );
  const planned = plan.length;
  events.onStart?.({ planned, earlier: folder.outcomes.values(), cutBytes: folder.cutBytes });
  const left = remaining(plan, scored(folder.outcomes.values()));
  const stoppedBy =
    left.length > 0 ? await playLeft(left, folder, options, policy, events, signal) : undefined;
  const summary = summarise(folder.outcomes.values(), { planned, k });
  await folder.writeSummary(summary);
  return { out: folder.path, summary, interrupted: signal?.aborted === true, ...present({ stoppedBy }) };
}

function scored(outcomes: Iterable<Outcome>): Set<string> {
  return new Set([...outcomes].flatMap(({ id, blame }) => (blame === null ? [id] : [])));
}

async function playLeft(
  left: readonly PlannedRollout[],
  folder: RunFolder,
  options: RolloutOptions,
  policy: ResolvedPolicy,
  events: RunEvents,
  signal: AbortSignal | undefined,
): Promise<NoVerdictError | undefined> {
  const sandbox = await openVerifierSandbox({ unsafe: options.unsafe });
  const pool = new EpisodePool({ ...poolOptions(options), policy: policy.spec, sandbox: sandbox.address });
  try {
    const run = new EpisodeRun({
      ...runOptions(folder, pool, options),
      recorded: (o) => events.onRecorded?.(o),
    });
    const stop = () => run.stop();
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    await run.playAll(left).finally(() => signal?.removeEventListener('abort', stop));
    return run.stoppedBy;
  } finally {
    await pool.close();
    await sandbox.close();
  }
}

function poolOptions({ tasks, sampling, turns, threads, concurrency }: RolloutOptions) {
  return { tasks, sampling, threads, concurrency, ...(turns !== undefined && { turns }) };
}

function runOptions(
  folder: RunFolder,
  pool: EpisodePool,
  { tasks, sampling, concurrency }: RolloutOptions,
): Omit<EpisodeRunOptions, 'recorded'> {
  const environments = new Map(tasks.map((task) => [task.id, environmentOf(task).name]));
  const environmentNameOf = ({ planned }: EpisodeOrder) => environments.get(planned.task) ?? 'unknown';
  return {
    concurrency,
    play: (order) => pool.play(order),
    tryOf: (id) => (folder.outcomes.get(id)?.try ?? 0) + 1,
    lost: (order, thrown) => lostRollout(order, environmentNameOf(order), sampling, thrown),
    record: (row) => folder.append(row),
    cancel: () => pool.cancel(),
  };
}

function recordOf(options: RolloutOptions, { name, model }: ResolvedPolicy): RunRecord {
  const { selector, tasks, group, seed, turns, sampling, extraBody, unsafe, concurrency, threads } = options;
  const configuration: RunConfiguration = {
    assay: version,
    selector,
    tasks: digestTasks(tasks),
    group,
    seed,
    policy: name,
    model,
    sampling,
    sandbox: unsafe ? 'none' : 'isolated',
    ...present({ turns, extraBody }),
  };
  const starts = [{ at: new Date().toISOString(), concurrency, threads }];
  return { schema: 1, configuration, versions: versions(), starts };
}
