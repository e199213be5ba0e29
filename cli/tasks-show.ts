import type { Task } from '../datasets/task.ts';
import { taskJsonSchema } from '../datasets/task-schema.ts';
import { type CodeTaskSpec, casesOf } from '../verifiers/code/spec.ts';
import { designSpecOf } from '../verifiers/task.ts';
import { exitCodes } from './exit-codes.ts';
import { loadNamedTasks } from './load-tasks.ts';
import { loadOneTask } from './one-task.ts';
import { printJson } from './print-json.ts';
import { formatTable } from './table.ts';

export async function listTasks(selectors: string[], json: boolean): Promise<number> {
  const tasks = await loadNamedTasks(selectors);
  if (json) printJson({ tasks: tasks.map(describe) });
  else process.stdout.write(`${taskTable(tasks)}\n${tasks.length} tasks\n`);
  return exitCodes.passed;
}

export async function showTask(selector: string, reveal: boolean, json: boolean): Promise<number> {
  const task = await loadOneTask(selector);
  if (json) printJson(reveal ? task : openParts(task));
  else process.stdout.write(`${taskText(task, reveal)}\n`);
  return exitCodes.passed;
}

export async function printSchema(): Promise<number> {
  process.stdout.write(`${JSON.stringify(taskJsonSchema(), null, 2)}\n`);
  return exitCodes.passed;
}

function describe({ id, title, difficulty, tags, turns, verify, origin, mutants }: Task) {
  const { kind, language } = verify;
  return { id, title, kind, language, difficulty, tags, turns, mutants: mutants.length, origin };
}

function taskTable(tasks: Task[]): string {
  const columns = ['id', 'language', 'difficulty', 'title'].map((heading) => ({ heading }));
  return formatTable(
    columns,
    tasks.map(({ id, verify, difficulty, title }) => [id, verify.language, difficulty, title]),
  );
}

/** What a policy may know: neither the cases or stimulus nor the answers. */
function openParts(task: Task): object {
  const { reference: _, mutants: __, completions: ___, verify, ...rest } = task;
  if (verify.kind === 'code') {
    if (verify.mode === 'assertions') {
      const { suite, setup: _____, ...open } = verify;
      return { ...rest, verify: { ...open, suite: { framework: suite.framework } } };
    }
    if (verify.mode === 'properties') {
      const { args: _args, let: _let, ...open } = verify;
      return { ...rest, verify: open };
    }
    if (verify.mode === 'repository') {
      const { tests, names, ...open } = verify;
      return { ...rest, verify: { ...open, tests: { by: tests.by }, testCount: testCount(verify) } };
    }
    const { cases, ...open } = verify;
    return { ...rest, verify: { ...open, caseCount: cases.length } };
  }
  if (verify.mode === 'equivalence') {
    const { designs, ...open } = verify;
    const others = designs.others.map(({ equivalent: _______, ...other }) => other);
    return { ...rest, verify: { ...open, designs: { original: designs.original, others } } };
  }
  if (verify.mode === 'testbench') {
    const { designs, ...open } = verify;
    return {
      ...rest,
      verify: { ...open, designs: { right: designs.right.length, wrong: designs.wrong.length } },
    };
  }
  const { stimulus: ____, bench: _____, ...open } = verify;
  return { ...rest, verify: open };
}

function taskText(task: Task, reveal: boolean): string {
  const { id, title, difficulty, source, turns, tags, origin, prompt, parameters } = task;
  const facts: [string, string][] = [
    ['title', title],
    ['difficulty', difficulty],
    ['tags', tags.join(', ')],
    ['turns', String(turns)],
    ['source', `${source.author}, ${source.licence}${source.url ? `, ${source.url}` : ''}`],
    ['read from', origin],
    ['parameters', parameterText(parameters)],
    ['notes', source.notes ?? ''],
    ...verifyFacts(task),
  ];
  const shown = facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name.padEnd(11)} ${value}`);
  return [id, ...shown, '', prompt.trimEnd(), ...portLines(task), ...(reveal ? hiddenLines(task) : [])].join(
    '\n',
  );
}

/** `width 8, reset.port rst_n, ...` */
function parameterText(parameters: Task['parameters'] = {}): string {
  const facts = Object.entries(parameters).flatMap(([name, value]) => {
    if (typeof value !== 'object') return [`${name} ${value}`];
    return Object.entries(value).map(([part, one]) => `${name}.${part} ${one}`);
  });
  return facts.join(', ');
}

function verifyFacts({ verify }: Task): [string, string][] {
  const { cpuSeconds, memoryMiB } = verify.limits;
  const limits: [string, string] = ['limits', `${cpuSeconds} s CPU, ${memoryMiB} MiB`];
  if (verify.kind === 'chip') {
    const lint = designSpecOf(verify)?.lint ?? '';
    return [
      ['mode', verify.mode],
      ['language', verify.language],
      ['top', verify.top],
      ['lint', lint],
      limits,
    ];
  }
  const entry = 'entry' in verify ? verify.entry : entryWords[verify.mode];
  const type = verify.mode === 'calls' ? (verify.entryType ?? '') : '';
  const forbidden = verify.forbid.join(', ');
  return [
    ['language', verify.language],
    ['entry', entry ?? ''],
    ['type', type],
    ['forbidden', forbidden],
    ['tests', testsFact(verify)],
    limits,
  ];
}

const entryWords: Readonly<Record<string, string>> = {
  program: 'a program: standard input to standard output',
  types: 'a module: its types alone',
  repository: 'a tree of files, to be changed',
};

/** How many tests a change of a tree has to pass. */
function testCount(verify: Extract<CodeTaskSpec, { mode: 'repository' }>): number {
  return verify.names.length + casesOf(verify).length;
}

function testsFact(verify: CodeTaskSpec): string {
  if (verify.mode === 'repository') return `${testCount(verify)} hidden tests (${verify.tests.by})`;
  if (verify.mode === 'assertions') return `a hidden suite (${verify.suite.framework})`;
  if (verify.mode === 'properties') return `${verify.count} inputs drawn by the seed`;
  return `${casesOf(verify).length} hidden cases`;
}

function portLines({ verify }: Task): string[] {
  if (verify.kind !== 'chip') return [];
  const { ports } = verify;
  const { clock, reset } = verify.mode === 'testbench' ? {} : verify;
  const role = (name: string) => {
    if (name === clock?.port) return `clock, ${clock.edge}`;
    return name === reset?.port ? `reset, ${reset.kind}, active ${reset.active}` : '';
  };
  const columns = [
    { heading: 'port' },
    { heading: 'direction' },
    { heading: 'width', right: true },
    { heading: 'role' },
  ];
  const rows = ports.map(({ name, direction, width }) => [name, direction, String(width), role(name)]);
  return ['', formatTable(columns, rows)];
}

function hiddenLines({ verify, reference, mutants }: Task): string[] {
  return [
    '',
    ...hiddenTests(verify),
    '',
    'reference:',
    reference.trimEnd(),
    '',
    'mutants:',
    ...mutants.map(({ name, fault }) => `  ${name}: ${fault}`),
  ];
}

function hiddenTests(verify: Task['verify']): string[] {
  if (verify.kind === 'code' && verify.mode === 'assertions') return ['suite:', verify.suite.text.trimEnd()];
  if (verify.mode === 'repository' && verify.tests.by !== 'programs')
    return ['tests:', ...verify.names.map((name) => `  ${name}`)];
  const [title, hidden] = hiddenList(verify);
  return [title, ...hidden.map((one) => `  ${JSON.stringify(one)}`)];
}

function hiddenList(
  verify: Exclude<Task['verify'], { mode: 'assertions' }>,
): [title: string, list: readonly unknown[]] {
  if (verify.kind === 'code')
    return ['cases:', verify.mode === 'properties' ? (verify.args ?? [verify.generator]) : casesOf(verify)];
  if (verify.mode === 'testbench') return ['wrong designs:', verify.designs.wrong.map(({ fault }) => fault)];
  if (verify.mode === 'equivalence')
    return ['designs:', verify.designs.others.map(({ name, equivalent }) => ({ name, equivalent }))];
  return ['directed stimulus:', verify.stimulus.directed];
}
