import { AssayError } from '../errors.ts';
import type { JudgeInput, Judgement } from '../judge.ts';
import { type CheckResult, type CheckRun, type Rubric, runRubric, withOverrides } from '../rubric.ts';
import type { Diagnostic } from '../verdict.ts';
import { benchTools } from './bench/find-cocotb.ts';
import { judgeByBench } from './bench/judge-by-bench.ts';
import type { Recording } from './bench/record.ts';
import { theirs } from './bench/theirs.ts';
import { compareByProof, type Equivalence, equivalenceCheck, strengthOfProof } from './formal/equivalence.ts';
import { quality } from './formal/quality.ts';
import { elaborate } from './icarus/elaborate.ts';
import { runDesign } from './icarus/run-design.ts';
import { type ChipTools, findTools, toolVersions } from './icarus/tools.ts';
import { lint } from './lint/lint.ts';
import { findOracle } from './reference.ts';
import { rewardOf } from './reward.ts';
import { untilCancelled } from './shared-work.ts';
import { simulate } from './simulate.ts';
import type { ChipSpec } from './spec.ts';
import { strengthOf } from './stimulus/stimulus.ts';
import { gate } from './verilog/gate.ts';
import { type Design, preprocess } from './verilog/preprocess.ts';
import { benchDesign, wholeDesign, withModules } from './whole-design.ts';

/** The checks of a design, with what they count where a task says nothing else. */
function defaultRubric({ lint, equivalence, quality }: ChipSpec): Rubric {
  return {
    gate: { weight: 0, gate: true },
    ...(lint !== 'off' && { lint: { weight: 0, gate: lint === 'gate' } }),
    elaborate: { weight: 0, gate: true },
    simulate: { weight: 1, gate: true },
    ...(equivalence !== 'off' && { equivalence: { weight: 0, gate: true } }),
    ...(quality && { quality: { weight: 0, gate: false } }),
  };
}

export type JudgeChipOptions = {
  /** For tests of what simulation finds by itself: designs that the gate refuses go on. */
  gate?: 'enforced' | 'ignored';
};

/**
 * Judges a design by the split: the candidate is elaborated and simulated alone under a driver that holds neither
 * stimulus nor expected values; the reference the same in a sandbox of its own; what both did is compared here.
 *
 * A task without a reference is judged by its own bench, see `judgeByBench`.
 *
 * Throws `TASK_REFERENCE_FAILED` and `TASK_INVALID` for the task's faults, `TOOL_MISSING` without Icarus Verilog.
 */
export async function judgeChip(
  input: JudgeInput<ChipSpec>,
  options: JudgeChipOptions = {},
): Promise<Judgement> {
  const { spec, sandbox, task, seed, signal } = input;
  const { text: candidate, refused: displaced } = wholeDesign(input.candidate, spec);
  if (task.reference === '' && spec.bench) return judgeByBench(input, spec.bench);
  const tools = await findTools(sandbox);
  const asked = findOracle({ reference: task.reference, spec, seed, sandbox, tools });
  const oracle = await untilCancelled(asked, signal);
  const rubric = withOverrides(defaultRubric(spec), task.rubric);
  const { diagnostics: found, design } = gate(candidate, spec);
  const diagnostics = displaced ? [displaced, ...found] : found;
  const context = { sandbox, tools, spec, ...(signal && { signal }) };
  const shown = once(() => design ?? unguarded(candidate));
  const runOnce = once(() => runDesign(shown().text, { ...context, plan: oracle.plan }));
  let proof: Equivalence | undefined;
  const runs: Record<string, CheckRun> = {
    gate: async () => {
      const refused = diagnostics.length > 0 && options.gate !== 'ignored';
      return { name: 'gate', outcome: refused ? 'fail' : 'pass', score: refused ? 0 : 1, diagnostics };
    },
    lint: () => lint(shown().text, async () => (await runOnce()).diagnostics, context),
    elaborate: async () => elaborate(await runOnce(), spec, shown().tokens, tools.icarus.version),
    simulate: async () => noted(simulate(await runOnce(), oracle, spec), oracle.recording),
    equivalence: async () => {
      const reference = withModules(task.reference, spec);
      proof = await compareByProof(shown().text, { ...context, reference, oracle });
      return equivalenceCheck(proof, spec.equivalence);
    },
    quality: async () => {
      const reference = withModules(task.reference, spec);
      return mustBeSmaller(await quality(shown().text, { ...context, reference, oracle }), spec, tools);
    },
  };
  const checks = await runRubric(rubric, runs);
  const beside = spec.bench?.report
    ? [
        await theirs({
          ...context,
          bench: spec.bench,
          reference: task.reference,
          candidate: benchDesign(input.candidate, spec),
          recording: oracle.recording,
        }),
      ]
    : [];
  return {
    checks: [...checks, ...beside.map((check) => ({ ...check, weight: 0 }))],
    ...rewardOf(rubric, checks, spec),
    isolation: 'split',
    strength: strengthOfProof(proof) ?? strengthOf(spec),
    tools: [
      ...toolVersions(tools, {
        lint: spec.lint !== 'off',
        proof: spec.equivalence !== 'off' || spec.quality !== undefined,
      }),
      ...(await benchTools(spec.bench, sandbox)),
    ],
  };
}

/** Where a task asks for a smaller design and for nothing else, one that is not has failed. */
function mustBeSmaller(result: CheckResult, { mode }: ChipSpec, { yosys }: ChipTools): CheckResult {
  if (mode !== 'optimisation') return result;
  if (!yosys)
    throw new AssayError(
      'TOOL_MISSING',
      'Yosys is not installed, so the size of a design cannot be told; install yosys',
    );
  if (result.score > 0) return result;
  const message = 'it is not smaller by as much as is asked for';
  const diagnostics: Diagnostic[] = [...result.diagnostics, { severity: 'error', message, code: 'size' }];
  return { ...result, outcome: 'fail', diagnostics };
}

/** Tells beside a result that the stimulus lacks what the task's bench would have done. */
function noted(result: CheckResult, recording: Recording | undefined): CheckResult {
  if (recording?.fault === undefined) return result;
  const message = `the stimulus lacks that of the task's own bench, which could not be recorded: ${recording.fault}`;
  return { ...result, diagnostics: [...result.diagnostics, { severity: 'info', message }] };
}

/** Computes a value when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What the later checks are shown of a design that the gate refused, where it is not a gate. */
function unguarded(candidate: string): Design {
  return preprocess(candidate).design ?? { text: candidate, tokens: [] };
}
