import type { JudgeInput } from '../../judge.ts';
import { wordsOf } from '../build.ts';
import type { CaseResult } from '../case-result.ts';
import { startedAnew } from '../programs/driver.ts';
import { judgePrograms, runFirst } from '../programs/run-programs.ts';
import type { Built } from './built.ts';
import type { RepositorySpec, TestsBy } from './spec.ts';

/** Runs a program of a tree on the inputs of the task, each by itself. */
export async function runPrograms(
  input: JudgeInput<RepositorySpec>,
  { run, cases }: TestsBy<'programs'>,
  { files, toolchain }: Built,
): Promise<CaseResult[]> {
  const { language, limits, compare, forbid, scoring } = input.spec;
  const shared = { kind: 'code' as const, language, limits, compare, forbid, scoring };
  const whole = { ...input, spec: { ...shared, mode: 'program' as const, cases } };
  const argv = toolchain ? wordsOf(run, files[0]?.path ?? '', toolchain) : run;
  const program = startedAnew(argv, files);
  return judgePrograms(whole, program, await runFirst(whole, program));
}
