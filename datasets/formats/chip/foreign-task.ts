import type { BenchSpec } from '../../../verifiers/chip/bench/spec.ts';
import { type ChipSpec, chipSpecSchema, type Port } from '../../../verifiers/chip/spec.ts';
import { recogniseControls } from '../../../verifiers/chip/verilog/controls.ts';
import { tokenize } from '../../../verifiers/chip/verilog/tokens.ts';
import type { Loaded } from '../../loading/loaded.ts';
import { fieldName } from '../../loading/problem.ts';
import { taskProblems } from '../../loading/task-problems.ts';
import { type Task, taskFileSchema } from '../../task.ts';

/** What a public set tells of one of its chip tasks, in our words. */
export type ForeignTask = {
  id: string;
  /** Which of the variants of the set it belongs to. */
  variant?: string;
  title: string;
  difficulty: Task['difficulty'];
  tags: string[];
  source: Omit<Task['source'], 'notes'>;
  prompt: string;
  language: ChipSpec['language'];
  top: string;
  /** The reference, whose outermost module is `top`; empty where the set has none, and its bench is the judge. */
  reference: string;
  /** Put before a candidate that goes on from it. */
  header?: string;
  bench?: BenchSpec;
  /** Verilog that belongs to every candidate's design. */
  modules?: string;
  mutants: Task['mutants'];
  /** Inputs other than those of the bench are ruled out. */
  recordedOnly: boolean;
  /** Faults of the task that we know of. */
  notes: string[];
};

/** A task of ours made of a public one and the ports of its reference. */
export function taskOf(foreign: ForeignTask, ports: Port[], origin: string, theirs = false): Loaded {
  const { id, title, difficulty, tags, prompt, reference, mutants, notes } = foreign;
  const source = { ...foreign.source, ...(notes.length > 0 && { notes: notes.join('\n') }) };
  const file = {
    schema: 1,
    id,
    title,
    difficulty,
    tags,
    source,
    prompt,
    verify: specOf(foreign, ports, theirs),
  };
  const parsed = taskFileSchema.safeParse({
    ...file,
    ...(reference && { reference: { file: 'reference' } }),
  });
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${origin}: ${fieldName(path as (string | number)[])}: ${message}`,
    );
    return { id, origin, problems };
  }
  const problems = taskProblems(parsed.data).map(
    ({ field, message }) => `${origin}: ${fieldName(field)}: ${message}`,
  );
  if (problems.length > 0) return { id, origin, problems };
  const { schema: _, reference: __, ...rest } = parsed.data;
  return { id, origin, task: { ...rest, reference, mutants, completions: [], origin } };
}

function specOf(foreign: ForeignTask, ports: Port[], report: boolean): ChipSpec {
  const { language, top, header, bench, modules, reference } = foreign;
  const { otherResets, ...controls } = recogniseControls(tokenize(reference), ports);
  // What resets a second clock is only moved as the bench moves it: a random walk would move it with data.
  const recordedOnly = foreign.recordedOnly || (bench !== undefined && otherResets.length > 0);
  return chipSpecSchema.parse({
    kind: 'chip',
    language,
    top,
    ports,
    ...controls,
    ...(header !== undefined && { header }),
    ...(modules !== undefined && { modules }),
    ...(bench && { bench: { ...bench, report } }),
    ...(recordedOnly && { stimulus: { exhaustive: false, random: { cycles: 0, longest: 0 } } }),
  });
}
