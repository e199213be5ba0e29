import type { JudgeInput, Judgement } from '../../judge.ts';
import {
  type CheckResult,
  type CheckRun,
  type Rubric,
  runRubric,
  score,
  withOverrides,
} from '../../rubric.ts';
import { findTools, toolVersions } from '../icarus/tools.ts';
import { type SampleRow, sampleTable } from '../waveform/table.ts';
import { windowOf } from '../waveform/window.ts';
import { type Answer, readAnswer } from './answer.ts';
import { type CounterexampleContext, tryCounterexample } from './counterexample.ts';
import type { EquivalenceSpec, OtherDesign } from './spec.ts';

const defaultRubric: Rubric = {
  gate: { weight: 0, gate: true },
  answers: { weight: 1, gate: false },
};

/** How what was said of one design fared; nothing counts where nothing was said. */
type Finding = { design: string; said: string; counts: 1 | 0 | -1; around?: SampleRow[] };

/**
 * Judges what is said of designs that may be equivalent to an original. That a design differs must be shown by inputs,
 * which are simulated; that it is equivalent is held against what the task knows. The score is the share of right answers
 * less that of wrong ones: with as many equivalent designs as others, guessing earns nothing.
 */
export async function judgeEquivalence(input: JudgeInput<EquivalenceSpec>): Promise<Judgement> {
  const { spec, sandbox, task, candidate, signal } = input;
  const tools = await findTools(sandbox);
  const rubric = withOverrides(defaultRubric, task.rubric);
  const { answer, diagnostics } = readAnswer(candidate, spec);
  const context: CounterexampleContext = { sandbox, tools, ...(signal && { signal }) };
  const runs: Record<string, CheckRun> = {
    gate: async () => ({
      name: 'gate',
      outcome: answer ? 'pass' : 'fail',
      score: answer ? 1 : 0,
      diagnostics,
    }),
    answers: async () => answers(await findingsOf(answer ?? new Map(), spec, context)),
  };
  const checks = await runRubric(rubric, runs);
  const versions = toolVersions(tools, { lint: false, proof: false });
  return { checks, ...score(rubric, checks), isolation: 'split', strength: 'directed', tools: versions };
}

async function findingsOf(
  answer: Answer,
  spec: EquivalenceSpec,
  context: CounterexampleContext,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const other of spec.designs.others)
    findings.push(await finding(answer.get(other.name), other, spec, context));
  return findings;
}

async function finding(
  said: ReturnType<Answer['get']>,
  other: OtherDesign,
  spec: EquivalenceSpec,
  context: CounterexampleContext,
): Promise<Finding> {
  const design = other.name;
  if (said === undefined) return { design, said: 'nothing', counts: 0 };
  if (said === true) return { design, said: 'equivalent', counts: other.equivalent ? 1 : -1 };
  const { plan, expected, got, first } = await tryCounterexample(spec, other, said, context);
  // What is seen to differ does, whatever the task holds of it.
  if (!first) return { design, said: 'differs, but not under these inputs', counts: -1 };
  const around = sampleTable(
    windowOf(plan, expected, got, { row: first.row, before: 1, after: 0 }),
    spec.clock?.port,
  );
  return { design, said: 'differs, as these inputs show', counts: 1, around };
}

/** Tells how many are right and never which: a second attempt would only have to turn the others round. */
function answers(findings: Finding[]): CheckResult {
  const count = (counts: Finding['counts']) => findings.filter((one) => one.counts === counts).length;
  const [right, wrong, total] = [count(1), count(-1), findings.length];
  return {
    name: 'answers',
    outcome: right === total ? 'pass' : 'fail',
    score: Math.max(0, right - wrong) / total,
    passedCount: right,
    totalCount: total,
    diagnostics: [],
    evidence: findings.map(({ design, said, counts, around }) => ({
      design,
      said,
      right: counts === 1,
      ...(around && { shown: around.at(-1) }),
    })),
  };
}
