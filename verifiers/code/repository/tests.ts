import type { JudgeInput } from '../../judge.ts';
import type { Isolation } from '../../verdict.ts';
import type { CaseResult } from '../case-result.ts';
import type { Built } from './built.ts';
import { runCommand } from './run-command.ts';
import { runPrograms } from './run-programs.ts';
import { runSuites } from './run-suites.ts';
import type { RepositorySpec } from './spec.ts';

/** A way to test a tree. */
type Tests = {
  isolation: Isolation;
  run(input: JudgeInput<RepositorySpec>, built: Built): Promise<CaseResult[]>;
};

/** The way in which a task tests its tree. */
export function testsOf({ tests }: RepositorySpec): Tests {
  switch (tests.by) {
    case 'suites':
      return { isolation: 'split', run: (input, built) => runSuites(input, tests, built) };
    case 'programs':
      return { isolation: 'split', run: (input, built) => runPrograms(input, tests, built) };
    case 'command':
      return { isolation: 'shared', run: (input, built) => runCommand(input, tests, built) };
  }
}
