import type { JudgeInput, Judgement } from '../../judge.ts';
import {
  type CheckResult,
  type CheckRun,
  type Rubric,
  runRubric,
  score,
  withOverrides,
} from '../../rubric.ts';
import type { Diagnostic } from '../../verdict.ts';
import { findTools, toolVersions } from '../icarus/tools.ts';
import { preprocess } from '../verilog/preprocess.ts';
import { type Subject, subjectsOf } from './designs.ts';
import { gateBench } from './gate.ts';
import { type BenchContext, type Opinion, runBench } from './run-bench.ts';
import type { TestbenchSpec } from './spec.ts';

/** The checks of a testbench, with what they count where a task says nothing else. */
const defaultRubric: Rubric = {
  gate: { weight: 0, gate: true },
  elaborate: { weight: 0, gate: true },
  accepts: { weight: 0, gate: true },
  rejects: { weight: 1, gate: false },
};

export type JudgeTestbenchOptions = {
  /** For tests of what a run hides by itself: testbenches that the gate refuses go on. */
  gate?: 'enforced' | 'ignored';
};

type Met = Subject & { opinion: Opinion };

/**
 * Judges a testbench by what it says of designs of which the task knows whether they are right: it must accept each right
 * one, and earns the share of the wrong ones that it rejects. One that says the same of all earns nothing.
 *
 * Each design is met in a job of its own. Throws `TOOL_MISSING` without Icarus Verilog, and for a task's own faults
 * `TASK_INVALID` and `TASK_REFERENCE_FAILED`.
 */
export async function judgeTestbench(
  input: JudgeInput<TestbenchSpec>,
  options: JudgeTestbenchOptions = {},
): Promise<Judgement> {
  const { spec, sandbox, task, candidate, signal } = input;
  const tools = await findTools(sandbox);
  const rubric = withOverrides(defaultRubric, task.rubric);
  const { right, wrong } = subjectsOf(spec);
  const { bench: passed, diagnostics } = gateBench(candidate, spec);
  const bench = passed ?? (options.gate === 'ignored' ? preprocess(candidate).design : undefined);
  const context: BenchContext = { sandbox, tools, spec, ...(signal && { signal }) };
  const meet = (subjects: Subject[]) => meetAll(bench?.text ?? '', subjects, context);
  let accepted: Met[] = [];
  const runs: Record<string, CheckRun> = {
    gate: async () => ({ name: 'gate', outcome: bench ? 'pass' : 'fail', score: bench ? 1 : 0, diagnostics }),
    elaborate: async () => {
      accepted = bench ? await meet(right) : [];
      return elaborated(accepted[0]?.opinion);
    },
    accepts: async () => accepts(accepted),
    rejects: async () => rejects(bench ? await meet(wrong) : []),
  };
  const checks = await runRubric(rubric, runs);
  return {
    checks,
    ...score(rubric, checks),
    isolation: 'split',
    strength: 'directed',
    tools: toolVersions(tools, { lint: false, proof: false }),
  };
}

/** So many designs wait for a place in the sandbox at a time. */
const abreast = 4;

async function meetAll(bench: string, subjects: Subject[], context: BenchContext): Promise<Met[]> {
  const met: Met[] = [];
  for (let from = 0; from < subjects.length; from += abreast) {
    const few = subjects.slice(from, from + abreast);
    const opinions = await Promise.all(few.map((subject) => runBench(bench, subject, context)));
    met.push(...few.map((subject, index) => ({ ...subject, opinion: opinions[index] as Opinion })));
  }
  return met;
}

/** By the first right design; the ports of all are the same. */
function elaborated(opinion: Opinion | undefined): CheckResult {
  const failed = opinion?.why === 'it does not compile' || !opinion;
  const silent: Diagnostic = {
    severity: 'error',
    message: 'it does not compile beside the design',
    code: 'ports',
  };
  const found = opinion?.diagnostics ?? [];
  const diagnostics =
    failed && !found.some(({ severity }) => severity === 'error') ? [...found, silent] : found;
  return { name: 'elaborate', outcome: failed ? 'fail' : 'pass', score: failed ? 0 : 1, diagnostics };
}

function accepts(met: Met[]): CheckResult {
  return outcomes('accepts', met, 'PASS', ({ opinion }) =>
    opinion.said === 'FAIL'
      ? { severity: 'error', message: 'it rejects a design that is right', code: 'rejected' }
      : { severity: 'error', message: `it says nothing of a right design: ${opinion.why}`, code: 'silent' },
  );
}

function rejects(met: Met[]): CheckResult {
  return outcomes('rejects', met, 'FAIL', ({ name, opinion }) => ({
    severity: 'error',
    message: name,
    code: opinion.said === 'PASS' ? 'accepted' : 'silent',
  }));
}

/** `tell` describes a design of which something else was said than must be. */
function outcomes(
  name: string,
  met: Met[],
  must: 'PASS' | 'FAIL',
  tell: (one: Met) => Diagnostic,
): CheckResult {
  const wrong = met.filter(({ opinion }) => opinion.said !== must);
  const passedCount = met.length - wrong.length;
  return {
    name,
    outcome: wrong.length === 0 && met.length > 0 ? 'pass' : 'fail',
    score: met.length === 0 ? 0 : passedCount / met.length,
    passedCount,
    totalCount: met.length,
    diagnostics: wrong.map(tell),
    evidence: met.map(({ name: design, opinion: { said, why } }) => ({ design, said, ...(why && { why }) })),
  };
}
