import type { Task } from '../datasets/task.ts';
import { AssayError } from '../verifiers/errors.ts';
import { answerOf } from './fence.ts';
import type { Policy } from './policy.ts';

/** A policy that knows every answer: it gives the task's reference. It shows that the tasks and the machine work. */
export function referencePolicy(tasks: Iterable<Task>): Policy {
  const known = [...tasks].filter(({ reference }) => reference !== '');
  const answers = new Map(known.map((task) => [task.id, answerOf(task, task.reference)]));
  return {
    async complete({ task }) {
      const text = answers.get(task);
      if (text === undefined)
        throw new AssayError(
          'TASK_NOT_FOUND',
          `the reference policy has no answer to "${task}" — the task has no reference`,
        );
      const timings = { policyMs: 0, waitedMs: 0 };
      return { text, finishReason: 'stop', model: 'reference', timings };
    },
    close: async () => {},
  };
}
