import type { Task } from '../datasets/task.ts';
import { sha256 } from '../verifiers/verdict.ts';
import type { Sampling } from './policy.ts';

/**
 * All that decides what stands in a `rollouts.jsonl`. A run goes on only with the same; where it runs and how many
 * episodes at a time is not part of it.
 */
export type RunConfiguration = {
  assay: string;
  selector: string;
  /** Digest of each whole task, by id. */
  tasks: Record<string, string>;
  group: number;
  seed: number;
  /** Absent: each task's own. */
  turns?: number;
  policy: string;
  model: string;
  sampling: Sampling;
  extraBody?: Record<string, unknown>;
  /** Verdicts made without isolation are not mixed with others. */
  sandbox: 'isolated' | 'none';
};

export function digestTasks(tasks: readonly Task[]): Record<string, string> {
  return Object.fromEntries(
    tasks.map(({ origin: _, ...task }) => [task.id, sha256(JSON.stringify(task)).slice(0, 16)]),
  );
}

const maxListed = 5;

/** What differs between two configurations, one line for each field, e.g. `group was 4, is 8`. */
export function differences(was: RunConfiguration, is: RunConfiguration): string[] {
  // Both are plain objects; the selector only names the tasks, whose digests are compared.
  const { tasks: oldTasks, selector: _a, ...old } = flatten(was);
  const { tasks: newTasks, selector: _b, ...now } = flatten(is);
  const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const changed = fields.filter((field) => old[field] !== now[field]);
  return [
    ...changed.map((field) => `${field} was ${old[field] ?? 'absent'}, is ${now[field] ?? 'absent'}`),
    ...taskDifferences(was.tasks, is.tasks),
  ];
}

function flatten(configuration: RunConfiguration): Record<string, string> {
  const { sampling, ...rest } = configuration;
  return Object.fromEntries(
    Object.entries({ ...sampling, ...rest }).map(([field, value]) => [field, JSON.stringify(value)]),
  );
}

function taskDifferences(was: Record<string, string>, is: Record<string, string>): string[] {
  const groups = {
    'tasks missing now': Object.keys(was).filter((id) => !(id in is)),
    'tasks not there before': Object.keys(is).filter((id) => !(id in was)),
    'tasks changed': Object.keys(is).filter((id) => id in was && is[id] !== was[id]),
  };
  return Object.entries(groups)
    .filter(([, ids]) => ids.length > 0)
    .map(([what, ids]) => `${what}: ${listed(ids)}`);
}

function listed(ids: string[]): string {
  const more = ids.length - maxListed;
  return ids.slice(0, maxListed).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
