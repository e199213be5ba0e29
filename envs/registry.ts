import type { Task } from '../datasets/task.ts';
import { AssayError } from '../verifiers/errors.ts';

/** An environment by name: the tasks it takes, and how it asks for another answer. */
export type EnvironmentRow = {
  name: string;
  summary: string;
  kind: Task['verify']['kind'];
  /** The tasks of its kind that it takes; without it, those that no other row takes. */
  mode?: Task['verify']['mode'];
  /** The words before the design that a task starts from. */
  givenAs?: string;
  /** The design that a task starts from is judged first, and what is wrong with it is told with the prompt. */
  diagnosesGiven?: boolean;
  askAgain: string;
};

const wholeDesign = 'Correct it and answer with the whole design again, in one fenced code block.';

/** Every environment. A new one is a row here. */
export const environments: readonly EnvironmentRow[] = [
  {
    name: 'code-generation',
    summary: 'write a function or a program that passes hidden tests',
    kind: 'code',
    askAgain: 'Correct it and answer with the whole program again, in one fenced code block.',
  },
  {
    name: 'code-repository',
    summary: 'change a tree of files so that it passes hidden tests',
    kind: 'code',
    mode: 'repository',
    askAgain: 'Correct it and answer with the whole change again, made to the files as they stood first.',
  },
  {
    name: 'chip-design',
    summary: 'write a Verilog or SystemVerilog module that behaves as a hidden reference',
    kind: 'chip',
    askAgain: wholeDesign,
  },
  {
    name: 'chip-completion',
    summary: 'fill the gap in a design that is given',
    kind: 'chip',
    mode: 'completion',
    givenAs: 'Write what stands in place of the line `// <answer>` in this design:',
    askAgain: 'Correct it and answer again with all that fills the gap, in one fenced code block.',
  },
  {
    name: 'chip-debugging',
    summary: 'mend a design, told what the linter and the simulation find wrong with it',
    kind: 'chip',
    mode: 'debugging',
    diagnosesGiven: true,
    askAgain: wholeDesign,
  },
  {
    name: 'chip-optimisation',
    summary: 'make a design smaller that does the same',
    kind: 'chip',
    mode: 'optimisation',
    askAgain: wholeDesign,
  },
  {
    name: 'chip-testbench',
    summary: 'write a testbench that accepts right designs and rejects wrong ones, all of them hidden',
    kind: 'chip',
    mode: 'testbench',
    askAgain: 'Correct it and answer with the whole testbench again, in one fenced code block.',
  },
  {
    name: 'chip-equivalence',
    summary: 'tell which designs are equivalent to an original, and show by inputs that the others are not',
    kind: 'chip',
    mode: 'equivalence',
    askAgain: 'Correct it and answer with the whole JSON again, in one fenced code block.',
  },
  {
    name: 'chip-modification',
    summary: 'change a design as asked and leave the rest of its behaviour as it is',
    kind: 'chip',
    mode: 'modification',
    askAgain: wholeDesign,
  },
];

/** The environment that a task belongs to. */
export function environmentOf(task: Pick<Task, 'id' | 'verify'>): EnvironmentRow {
  const rows = environments.filter(({ kind }) => kind === task.verify.kind);
  const row = rows.find(({ mode }) => mode === task.verify.mode) ?? rows.find(({ mode }) => !mode);
  if (row) return row;
  const kinds = environments.map(({ kind }) => kind).join(', ');
  throw new AssayError(
    'TASK_INVALID',
    `${task.id}: no environment takes tasks of kind "${task.verify.kind}", only ${kinds}`,
  );
}
