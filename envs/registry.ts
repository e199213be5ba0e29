import type { Task } from '../datasets/task.ts';
import { AssayError } from '../verifiers/errors.ts';

/** An environment by name: the tasks it takes, and how it asks for another answer. */
export type EnvironmentRow = {
  name: string;
  summary: string;
  kind: Task['verify']['kind'];
  askAgain: string;
};

/** Every environment. A new one is a row here. */
export const environments: readonly EnvironmentRow[] = [
  {
    name: 'code-generation',
    summary: 'write a function or a program that passes hidden tests',
    kind: 'code',
    askAgain: 'Correct it and answer with the whole program again, in one fenced code block.',
  },
  {
    name: 'chip-design',
    summary: 'write a Verilog or SystemVerilog module that behaves as a hidden reference',
    kind: 'chip',
    askAgain: 'Correct it and answer with the whole design again, in one fenced code block.',
  },
];

/** The environment that a task belongs to. */
export function environmentOf(task: Pick<Task, 'id' | 'verify'>): EnvironmentRow {
  const row = environments.find(({ kind }) => kind === task.verify.kind);
  if (row) return row;
  const kinds = environments.map(({ kind }) => kind).join(', ');
  throw new AssayError(
    'TASK_INVALID',
    `${task.id}: no environment takes tasks of kind "${task.verify.kind}", only ${kinds}`,
  );
}
