import { repositoryChecks } from '../../verifiers/code/repository/judge-repository.ts';
import { designSpecOf } from '../../verifiers/task.ts';
import type { TaskFile } from '../task.ts';
import { chipProblems } from './chip-problems.ts';
import { codeProblems } from './code-problems.ts';
import { equivalenceProblems, testbenchProblems } from './designs-problems.ts';
import type { FieldPath, Problem } from './problem.ts';
import { repositoryProblems } from './repository-problems.ts';

/** The checks that a rubric may weigh. */
function checkNames(verify: TaskFile['verify']): readonly string[] {
  if (verify.mode === 'repository') return repositoryChecks;
  if (verify.kind === 'code') return ['compile', 'tests'];
  if (verify.mode === 'testbench') return ['gate', 'elaborate', 'accepts', 'rejects'];
  if (verify.mode === 'equivalence') return ['gate', 'answers'];
  return ['gate', 'lint', 'elaborate', 'simulate', 'equivalence', 'quality', 'theirs'];
}

/** Contradictions between the fields of a task that each fit the schema. */
export function taskProblems(task: Pick<TaskFile, 'verify' | 'rubric'> & { reference?: unknown }): Problem[] {
  const { verify } = task;
  return [...rubricProblems(task), ...referenceProblems(task), ...verifyProblems(verify, ['verify'])];
}

function verifyProblems(verify: TaskFile['verify'], field: FieldPath): Problem[] {
  if (verify.mode === 'repository') return repositoryProblems(verify, field);
  if (verify.kind === 'code') return codeProblems(verify, field);
  if (verify.mode === 'testbench') return testbenchProblems(verify, field);
  return verify.mode === 'equivalence' ? equivalenceProblems(verify, field) : chipProblems(verify, field);
}

/** What a design must do is told by its reference alone. */
function referenceProblems({ verify, reference }: Parameters<typeof taskProblems>[0]): Problem[] {
  if (reference || verify.kind === 'code' || designSpecOf(verify)?.bench) return [];
  return [{ field: ['reference'], message: 'is missing: a chip task without a bench is judged by it' }];
}

function rubricProblems({ verify, rubric = {} }: Pick<TaskFile, 'verify' | 'rubric'>): Problem[] {
  const known = checkNames(verify);
  return Object.keys(rubric)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      field: ['rubric', name],
      message: `is not a check of a ${verify.kind} task: they are ${known.join(', ')}`,
    }));
}
