import type { JudgeInput } from '../judge.ts';
import type { CheckResult } from '../rubric.ts';
import type { JobResult } from '../sandbox/index.ts';
import { type CaseResult, caseName, failed, testsCheck } from './case-result.ts';
import type { Compiled } from './compiled.ts';
import type { Program } from './languages.ts';
import { judgeCalls } from './run-calls.ts';
import { runFirst } from './run-first.ts';
import { judgeProgram, type ProgramSpec, runProgram } from './run-programs.ts';
import type { CodeSpec } from './spec.ts';

/** The `tests` check of a compiled candidate. */
export async function runTests(input: JudgeInput<CodeSpec>, compiled: Compiled): Promise<CheckResult> {
  const { spec } = input;
  const { program, firstRun } = compiled;
  if (!program) return testsCheck(allFailed(spec, 'compile', 'the candidate does not compile'), spec.scoring);
  const first = firstRun ?? (await runFirst(input, program));
  const results =
    spec.mode === 'calls' ? judgeCalls(spec, first) : await runPrograms(spec, program, first, input);
  return testsCheck(results, spec.scoring);
}

function allFailed(spec: CodeSpec, code: string, text: string): CaseResult[] {
  return spec.cases.map((test, index) => failed(caseName(test, index), { code, text }));
}

/** Endings that cost the whole of a limit: where all cases must pass, nothing is gained by meeting more of them. */
const costly = new Set(['cpu-limit', 'wall-limit', 'memory-limit', 'output-limit']);

async function runPrograms(
  spec: ProgramSpec,
  program: Program,
  first: JobResult,
  { sandbox, signal }: JudgeInput<CodeSpec>,
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  let stopped = false;
  for (const [index, test] of spec.cases.entries()) {
    if (stopped) {
      results.push(
        failed(caseName(test, index), { code: 'not-run', text: 'was not run after a limit was hit' }),
      );
      continue;
    }
    const options = signal ? { signal } : {};
    const result = index === 0 ? first : await runProgram(spec, test, program, sandbox, options);
    results.push(judgeProgram(spec, index, test, result));
    stopped = spec.scoring === 'all' && costly.has(result.ending.by);
  }
  return results;
}
