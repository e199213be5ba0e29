import { AssayError } from '../../verifiers/errors.ts';
import type { Task } from '../task.ts';
import type { Loaded } from './loaded.ts';

const maxListedProblems = 50;

/** The tasks of what was loaded. Errors: `TASK_INVALID` with every problem, or with two tasks of one id. */
export function soundTasks(loaded: readonly Loaded[]): Task[] {
  return withoutRepeats(allValid(loaded));
}

function allValid(loaded: readonly Loaded[]): Task[] {
  const problems = loaded.flatMap((one) => ('problems' in one ? one.problems : []));
  if (problems.length === 0) return loaded.flatMap((one) => ('task' in one ? [one.task] : []));
  const files = loaded.filter((one) => 'problems' in one).length;
  const count = (number: number, thing: string) => `${number} ${thing}${number === 1 ? '' : 's'}`;
  const listed = [...new Set(problems)].slice(0, maxListedProblems).map((line) => `\n  ${line}`);
  const rest =
    problems.length > maxListedProblems ? `\n  and ${problems.length - maxListedProblems} more` : '';
  const what = `${count(problems.length, 'problem')} in ${count(files, 'task')}`;
  throw new AssayError('TASK_INVALID', `${what} — correct them:${listed.join('')}${rest}`);
}

/** A task named twice is loaded once; two tasks of one id are an error. */
function withoutRepeats(tasks: Task[]): Task[] {
  const byId = new Map<string, Task>();
  for (const task of tasks) {
    const earlier = byId.get(task.id);
    if (earlier && earlier.origin !== task.origin) {
      const remedy = 'give each its own id';
      const what = `the id "${task.id}" is used by ${earlier.origin} and by ${task.origin}`;
      throw new AssayError('TASK_INVALID', `${what} — ${remedy}`);
    }
    byId.set(task.id, task);
  }
  return [...byId.values()];
}
