import { asOneText, headingOf } from '../../../verifiers/chip/bench/answer-files.ts';
import type { CocotbBench } from '../../../verifiers/chip/bench/spec.ts';
import { RowError } from '../reading/row-error.ts';
import type { ForeignTask } from './foreign-task.ts';

/** What a row of CVDP tells of its task, whatever shape the row has. */
export type HarnessRow = {
  id: string;
  categories: readonly string[];
  difficulty?: string | undefined;
  prompt: string;
  /** Files that the task shows, by path. */
  context: Record<string, string>;
  /** The files that an answer gives, with the reference's text where the set has it. */
  targets: Record<string, string>;
  /** The files of the harness, by path. */
  harness: Record<string, string>;
  source: ForeignTask['source'];
  tags: string[];
};

/** Categories whose harness needs a simulator of a vendor. */
const vendorCategories = ['cid012', 'cid013', 'cid014'];
const isDesign = (path: string) => /\.s?vh?$/.test(path);

/**
 * A task of a row with a cocotb harness. Throws a `RowError` where the row asks for something else: no harness (questions
 * about code), another simulator.
 */
export function harnessTask(row: HarnessRow): ForeignTask {
  const { id, categories, prompt, context, harness, source, tags } = row;
  const environment = environmentOf(harness);
  const top = environment.TOPLEVEL ?? '';
  const sources = (environment.VERILOG_SOURCES ?? '')
    .split(/\s+/)
    .filter((path) => path !== '')
    .map(inCode);
  const targets = targetsOf(row, sources);
  const given = Object.fromEntries(Object.entries(context).filter(([path]) => !targets.includes(path)));
  const beside = sources.filter((path) => given[path] !== undefined);
  const bench: CocotbBench = {
    kind: 'cocotb',
    files: harnessFiles(harness),
    runner: runnerOf(harness),
    environment,
    targets,
    given,
    report: false,
  };
  return {
    id,
    title: id.replace(/^cvdp_(copilot|agentic)_/, '').replaceAll('_', ' '),
    difficulty: difficultyOf(row),
    tags: [...tags, ...categories],
    source,
    prompt: withContext(prompt, context, targets),
    language: 'systemverilog',
    top,
    reference: referenceOf(row.targets, targets),
    bench,
    ...(beside.length > 0 && { modules: beside.map((path) => given[path]).join('\n') }),
    mutants: [],
    recordedOnly: false,
    notes: [],
  };
}

/** `NAME = value` lines, as in `src/.env`. */
function environmentOf(harness: HarnessRow['harness']): Record<string, string> {
  const text = harness['src/.env'];
  if (text === undefined)
    throw new RowError('it has no harness (src/.env), so it is no row of code generation');
  const lines = text.split('\n').map((line) => /^\s*([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line));
  const environment = Object.fromEntries(
    lines.flatMap((found) => (found ? [[found[1] ?? '', unquoted(found[2] ?? '')]] : [])),
  );
  const simulator = environment.SIM ?? 'icarus';
  if (simulator !== 'icarus')
    throw new RowError(`its harness needs the simulator "${simulator}", not Icarus`);
  if (!/^[A-Za-z_]\w*$/.test(environment.TOPLEVEL ?? ''))
    throw new RowError('src/.env: TOPLEVEL names no module');
  if (!/^[\w./ \t-]+$/.test(environment.VERILOG_SOURCES ?? ''))
    throw new RowError('src/.env: VERILOG_SOURCES holds no plain paths');
  return environment;
}

const unquoted = (value: string) => value.replace(/^"(.*)"$|^'(.*)'$/, (_all, a, b) => a ?? b);
const inCode = (path: string) => path.replace(/^\/code\//, '');

/** The files of an answer, those that the harness compiles in its order. */
function targetsOf({ targets, context, categories }: HarnessRow, sources: string[]): string[] {
  const vendor = categories.find((category) => vendorCategories.includes(category));
  if (vendor !== undefined) throw new RowError(`its category ${vendor} needs a simulator of a vendor`);
  const named = Object.keys(targets).filter(isDesign);
  const asked = named.length > 0 ? named : sources.filter((path) => context[path] === undefined);
  const compiled = sources.filter((path) => asked.includes(path));
  const chosen = compiled.length > 0 ? compiled : asked;
  if (chosen.length === 0) throw new RowError('it names no file for an answer to give');
  return chosen;
}

/** What lies beside `src/` belongs to the container that is not used. */
function harnessFiles(harness: HarnessRow['harness']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(harness).filter(([path]) => path.startsWith('src/') && !path.includes('..')),
  );
}

function runnerOf(harness: HarnessRow['harness']): string {
  const command = Object.values(harness).join('\n');
  const [, named] = /pytest[^\n]*\s\/?(src\/[\w./-]+\.py)/.exec(command) ?? [];
  const runner = named ?? 'src/test_runner.py';
  if (harness[runner] === undefined) throw new RowError(`its harness has no ${runner}`);
  return runner;
}

function difficultyOf({ categories, difficulty }: HarnessRow): ForeignTask['difficulty'] {
  const word = [difficulty, ...categories].find((one) => /^(easy|medium|hard)$/.test(one ?? ''));
  return (word as ForeignTask['difficulty'] | undefined) ?? 'medium';
}

/** The set's own solution, where it has each of the files. */
function referenceOf(solution: Record<string, string>, targets: readonly string[]): string {
  const files = targets.map((path) => [path, solution[path] ?? ''] as const);
  return files.every(([, text]) => text.trim() !== '') ? asOneText(Object.fromEntries(files)) : '';
}

/** A prompt with the files it speaks of, since an answer is given in one turn, and the form of one of several files. */
function withContext(prompt: string, context: Record<string, string>, targets: readonly string[]): string {
  const files = Object.entries(context).map(
    ([path, text]) => `File \`${path}\`:\n\n\`\`\`\n${text}\n\`\`\`\n`,
  );
  const headings = targets.map((path) => `\`${headingOf(path)}\``).join(', ');
  const form = `Answer with one code block for all files, each below a line that names it: ${headings}.\n`;
  return [prompt.trimEnd(), ...files, ...(targets.length > 1 ? [form] : [])].join('\n\n');
}
