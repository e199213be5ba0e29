import { AssayError } from '../../errors.ts';
import type { JudgeInput } from '../../judge.ts';
import type { JobFile, JobResult } from '../../sandbox/index.ts';
import { runGuarded } from '../beside/guarded-run.ts';
import type { CaseResult } from '../case-result.ts';
import { languageOf } from '../languages/index.ts';
import { jobLimits } from '../limits.ts';
import type { Program } from '../program.ts';
import type { AssertionsSpec, SharedSuite } from './spec.ts';

type Input = JudgeInput<AssertionsSpec>;

/** A job in which the candidate's driver compiles it and nothing of it runs. */
export function runNothing({ spec, sandbox, signal }: Input, program: Program): Promise<JobResult> {
  const { argv, files, firstLine } = program;
  const exchange = [JSON.stringify(firstLine)];
  return sandbox.run(
    { argv, ...(files && { files }), exchange, limits: jobLimits(spec) },
    signal ? { signal } : {},
  );
}

/** Runs a suite in one process with the candidate, and again with its expectations corrupted. */
export function runBeside(
  { spec, ...where }: Input,
  { names, corruptions }: SharedSuite,
  { firstLine }: Program,
): Promise<CaseResult[]> {
  const { language, suite } = spec;
  const run = languageOf(language).suites?.beside;
  if (!run) throw new AssayError('TASK_INVALID', `suites in ${language} cannot run beside the candidate`);
  const guarded = {
    spec,
    names,
    steps: [run],
    report: { format: 'suite' as const, file: 'report.json' },
    files: filesOf(spec, suite.text, firstLine),
    corrupted: corruptions.map(({ replace, with: text, fails }) => ({
      files: async () => filesOf(spec, suite.text.split(replace).join(text), firstLine),
      fails,
    })),
  };
  return runGuarded(guarded, where);
}

/** What the driver finds in its folder. */
function filesOf({ suite, entry, setup }: AssertionsSpec, text: string, candidate: unknown): JobFile[] {
  const { framework, modules } = suite;
  const content = JSON.stringify({
    framework,
    text,
    modules,
    entry: entry ?? null,
    setup: setup ?? null,
    candidate,
  });
  return [{ path: 'beside.json', content }];
}
