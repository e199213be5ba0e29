import type { Task } from '../datasets/task.ts';
import type { ChipTaskSpec } from '../verifiers/chip/task-spec.ts';
import { subjectsOf } from '../verifiers/chip/testbench/designs.ts';
import { stepsOf } from '../verifiers/code/calls/spec.ts';
import type { ProgramCase } from '../verifiers/code/programs/spec.ts';
import type { RepositorySpec } from '../verifiers/code/repository/spec.ts';
import { filesOf } from '../verifiers/code/repository/tree.ts';
import { opening } from './opening.ts';

/** Shorter texts stand in any prose by chance. */
const shortest = 6;

/**
 * What a policy must never be shown of a task: inputs and expected values of its tests, and the lines of its
 * reference, in the forms in which they could turn up. What the prompt or a given design says is no secret.
 */
export function hiddenValues(task: Task): string[] {
  const values = [...testValues(task), ...linesOf(task.reference)];
  const shown = opening(task);
  return [...new Set(values)].filter((value) => value.length >= shortest && !shown.includes(value));
}

function testValues({ verify }: Task): string[] {
  if (verify.kind === 'chip') return designTexts(verify).flatMap(linesOf);
  if (verify.mode === 'assertions') return linesOf(verify.suite.text);
  if (verify.mode === 'repository') return repositoryValues(verify);
  if (verify.mode === 'types') return verify.cases.flatMap(({ test }) => linesOf(test));
  // Inputs are drawn by the seed of an episode, and their outputs computed: no text of them is known here.
  if (verify.mode === 'properties') return linesOf(verify.generator ?? '');
  if (verify.mode === 'program') return verify.cases.flatMap(valuesOfCase);
  const steps = verify.cases.flatMap((test) => stepsOf(verify, test));
  const values = steps.flatMap(({ args, kwargs, returns, argsAfter, helperCalls }) =>
    [args, kwargs, returns, argsAfter, helperCalls].flatMap(forms),
  );
  return [...values, ...linesOf(verify.helpers ?? '')];
}

const valuesOfCase = ({ stdin, stdout }: ProgramCase) => [stdin.trim(), stdout.trim()];

function repositoryValues({ tests }: RepositorySpec): string[] {
  if (tests.by === 'programs') return tests.cases.flatMap(valuesOfCase);
  const files = filesOf(tests.by === 'suites' ? tests.suites : tests.files);
  return Object.values(files).flatMap(linesOf);
}

/** Designs that a testbench is to be tried on, or that are to be told apart; those of other tasks are shown. */
function designTexts(verify: ChipTaskSpec): string[] {
  if (verify.mode !== 'testbench') return [];
  const { right, wrong } = subjectsOf(verify);
  return [...right, ...wrong].map(({ text }) => text);
}

const linesOf = (text: string) => text.split('\n').map((line) => line.trim());

/** A value as JSON, and each text and number inside of it. */
function forms(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object') return [String(value)];
  return [JSON.stringify(value), ...Object.values(value).flatMap(forms)];
}
