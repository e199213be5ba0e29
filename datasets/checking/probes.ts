import { designTexts } from '../../verifiers/chip/equivalence/counterexample.ts';
import { simulationSpec } from '../../verifiers/chip/equivalence/spec.ts';
import { sourceText } from '../../verifiers/chip/source.ts';
import { designSpecOf } from '../../verifiers/task.ts';
import type { Verdict } from '../../verifiers/verdict.ts';
import type { Task } from '../task.ts';
import { endlessCase, endlessCpuMs } from './endless.ts';
import { hollowCandidates } from './hollow.ts';

/** What a probe is about; the table of results has a column for each. */
export const probeKinds = ['reference', 'hollow', 'mutants', 'completions', 'limits'] as const;
export type ProbeKind = (typeof probeKinds)[number];

/** One candidate whose verdict is known beforehand. */
export type Probe = {
  kind: ProbeKind;
  name: string;
  task: Task;
  completion: string;
  seed: number;
  /** Judged twice, to see the same verdict. */
  twice: boolean;
  /** What is wrong with the verdict, if anything. */
  fault: (verdict: Verdict) => string | undefined;
};

const seeds = [0, 1] as const;

/** Types are looked at only, and so is what is said of designs. */
const runs = ({ verify }: Task): boolean => verify.mode !== 'types' && verify.mode !== 'equivalence';

/** Everything that a sound task must show. */
export function probesOf(task: Task): Probe[] {
  const probe = (
    kind: ProbeKind,
    name: string,
    completion: string,
    fault: Probe['fault'],
    seed = 0,
  ): Probe => {
    return { kind, name, task, completion, seed, twice: seed === 0, fault };
  };
  const known = task.reference === '' ? [] : [task.reference];
  return [
    ...known.flatMap((text) => seeds.map((seed) => probe('reference', 'reference', text, mustPass, seed))),
    ...equivalentDesigns(task).flatMap(({ name, text, task: compared }) =>
      seeds.map((seed) => ({ ...probe('reference', name, text, mustPass, seed), task: compared })),
    ),
    ...hollowCandidates(task).map(({ name, candidate }) => probe('hollow', name, candidate, mustEarnNothing)),
    ...givenDesigns(task).flatMap((text) => {
      return seeds.map((seed) => probe('mutants', 'given design', text, mustFail, seed));
    }),
    ...task.mutants.flatMap(({ name, text }) => {
      return seeds.map((seed) => probe('mutants', `mutant ${name}`, text, mustFail, seed));
    }),
    ...task.completions.map(({ kind, text }, index) => {
      return probe('completions', `completion ${index + 1} (${kind})`, text, completionFaults[kind]);
    }),
    ...(runs(task) ? known : []).map(() => {
      const { task: shortened, candidate } = endlessCase(task);
      const stopped = (verdict: Verdict) => mustBeStopped(verdict, task);
      const endless = probe('limits', 'endless loop', candidate, stopped);
      return { ...endless, task: shortened, twice: false };
    }),
  ];
}

/** Designs that a task says are equivalent, each to be judged against the original as an answer would be. */
function equivalentDesigns(task: Task): { name: string; text: string; task: Task }[] {
  const { verify } = task;
  if (verify.mode !== 'equivalence') return [];
  const { original, others } = designTexts(verify);
  const spec = simulationSpec(verify, []);
  const random = { ...spec.stimulus.random, cycles: 1000, resetRate: 0.02 };
  const compared: Task = {
    ...task,
    verify: { ...spec, equivalence: 'try', stimulus: { ...spec.stimulus, exhaustive: true, random } },
    reference: original,
    rubric: undefined,
  };
  const equivalent = others.filter((_, index) => verify.designs.others[index]?.equivalent);
  return equivalent.map(({ name, text }) => ({ name: `equivalent design ${name}`, text, task: compared }));
}

/** What a policy is given to mend or to change must not pass as it is. */
function givenDesigns({ verify }: Task): string[] {
  const given = designSpecOf(verify)?.given;
  return given ? [sourceText(given)] : [];
}

const completionFaults: Record<Task['completions'][number]['kind'], Probe['fault']> = {
  right: mustPass,
  wrong: mustFail,
  malformed: mustFailEarly,
  hacking: mustFail,
};

function mustPass(verdict: Verdict): string | undefined {
  if (verdict.status === 'no-verdict') return noVerdict(verdict);
  if (verdict.passed && verdict.reward === 1) return undefined;
  const failed = verdict.checks.find(({ outcome }) => outcome === 'fail');
  const [said] = failed?.diagnostics ?? [];
  const why = said ? `, ${said.line === undefined ? '' : `line ${said.line}: `}${said.message}` : '';
  return `must pass, but ${failed ? `fails at ${failed.name}${why}` : `earns ${verdict.reward}`}`;
}

function mustFail(verdict: Verdict): string | undefined {
  if (verdict.status === 'no-verdict') return noVerdict(verdict);
  return verdict.passed ? 'must fail, but passes' : undefined;
}

const runningChecks = new Set(['tests', 'simulate', 'accepts', 'rejects', 'answers']);

function mustEarnNothing(verdict: Verdict): string | undefined {
  const earns = verdict.status === 'scored' && verdict.reward > 0;
  return mustFail(verdict) ?? (earns ? `must earn nothing, but earns ${verdict.reward}` : undefined);
}

/** What is malformed must not come as far as running. */
function mustFailEarly(verdict: Verdict): string | undefined {
  const failed = verdict.checks.find(({ outcome }) => outcome === 'fail')?.name ?? '';
  const ran = runningChecks.has(failed);
  return mustFail(verdict) ?? (ran ? `must fail before it runs, but fails at ${failed}` : undefined);
}

/** What starting processes and compiling may cost beside the limit of the candidate. */
const spareCpuMs = 2000;

/** What building a tree may cost: its files are compiled one by one. */
const buildCpuMs = 10_000;

function mustBeStopped(verdict: Verdict, { verify }: Task): string | undefined {
  const fault = mustFail(verdict);
  if (fault) return fault;
  const usedMs = Math.round(verdict.usage.cpuMs);
  const isBuilt = verify.mode === 'repository' && verify.build !== undefined;
  if (usedMs > endlessCpuMs + spareCpuMs + (isBuilt ? buildCpuMs : 0))
    return `used ${usedMs} ms of CPU under a limit of ${endlessCpuMs} ms`;
  const failed = verdict.checks.find(({ outcome }) => outcome === 'fail');
  const said = failed?.diagnostics[0]?.message ?? 'nothing';
  if (usedMs < endlessCpuMs / 2) return `must run into its limit, but fails at ${failed?.name}: ${said}`;
  return undefined;
}

function noVerdict(verdict: Verdict & { status: 'no-verdict' }): string {
  const { blame, code, message } = verdict.error;
  return `has no verdict, blamed on the ${blame}: ${code}, ${message}`;
}
