import type { JudgeInput } from '../judge.ts';
import type { JobResult } from '../sandbox/index.ts';
import type { Program } from './languages.ts';
import { runCalls } from './run-calls.ts';
import { runProgram } from './run-programs.ts';
import type { CodeSpec } from './spec.ts';

/** The first job of a candidate's tests: all calls, or the first case of a program. */
export function runFirst(
  { spec, sandbox, signal }: JudgeInput<CodeSpec>,
  program: Program,
): Promise<JobResult> {
  const options = signal ? { signal } : {};
  if (spec.mode === 'calls') return runCalls(spec, program, sandbox, options);
  const [test] = spec.cases;
  if (!test) throw new Error('a task without cases got past its schema');
  return runProgram(spec, test, program, sandbox, options);
}
