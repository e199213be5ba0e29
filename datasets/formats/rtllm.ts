import { readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { renamed } from '../../verifiers/chip/bench/rewrite.ts';
import { outermostModules } from '../../verifiers/chip/verilog/outermost.ts';
import { tokenize } from '../../verifiers/chip/verilog/tokens.ts';
import { AssayError } from '../../verifiers/errors.ts';
import { fileError } from '../files/file-error.ts';
import { readText } from '../files/read-text.ts';
import type { Loaded } from '../loading/loaded.ts';
import type { ForeignTask } from './chip/foreign-task.ts';
import { type ForeignRow, tasksOf } from './chip/read-foreign.ts';
import type { FormatOptions } from './options.ts';

const maxBytes = 4 << 20;
const maxDepth = 5;
const description = 'design_description.txt';
const testbench = 'testbench.v';

/**
 * RTLLM 1.1 and 2.0: a folder in which, at any depth, each design has a folder with `design_description.txt`,
 * `testbench.v` and its reference, `verified_<something>.v`. Neither that file nor its module need be named after the
 * design: the name that counts is the one that the bench instantiates.
 */
export function readTasks(path: string, origin: string, options?: FormatOptions): AsyncGenerator<Loaded> {
  return tasksOf('rtllm', rowsOf(path, origin), options);
}

async function* rowsOf(root: string, origin: string): AsyncGenerator<ForeignRow> {
  let found = 0;
  for await (const { folder, files } of designFolders(root, 0)) {
    found += 1;
    const place = join(origin, relative(root, folder));
    const reference = files.find((name) => /^verified_.*\.s?v$/.test(name));
    const missing = [
      ...(files.includes(testbench) ? [] : [testbench]),
      ...(reference === undefined ? ['verified_<design>.v'] : []),
    ];
    if (missing.length > 0 || reference === undefined)
      yield { origin: place, problems: missing.map((name) => `${place}/${name}: is missing`) };
    else yield await readDesign(folder, reference, files, place);
  }
  if (found > 0) return;
  const remedy = 'name the folder that holds the designs';
  throw new AssayError('TASK_NOT_FOUND', `${root} holds no design of RTLLM (${description}) — ${remedy}`);
}

/** Folders that hold a description, sorted by path. */
async function* designFolders(
  folder: string,
  depth: number,
): AsyncGenerator<{ folder: string; files: string[] }> {
  const entries = await entriesOf(folder);
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  if (files.includes(description)) yield { folder, files: files.sort() };
  if (depth >= maxDepth) return;
  const inner = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  for (const name of inner.map((entry) => entry.name).sort())
    yield* designFolders(join(folder, name), depth + 1);
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (thrown) {
    throw fileError(folder, thrown);
  }
}

async function readDesign(
  folder: string,
  referenceFile: string,
  files: string[],
  origin: string,
): Promise<ForeignRow> {
  const text = (name: string) => readText(join(folder, name), maxBytes);
  const [prompt, bench, reference] = [
    await text(description),
    await text(testbench),
    await text(referenceFile),
  ];
  const top = designName(bench, prompt);
  const inner = referenceModule(reference, top);
  if (top === undefined || inner === undefined)
    return { origin, problems: [`${origin}: no module that ${testbench} instantiates was recognised`] };
  const data = files.filter((name) => /\.(dat|hex|mem|txt)$/.test(name) && name !== description);
  const read = await Promise.all(data.map(async (name) => [name, await text(name).catch(() => '')] as const));
  const foreign = design(basename(folder), { prompt, bench, top, data: Object.fromEntries(read) });
  return { origin, foreign: { ...foreign, reference: renamed(reference, inner, top) } };
}

/** The module under test: what the bench instantiates and does not define; of several, the one that the text names. */
function designName(bench: string, prompt: string): string | undefined {
  const tokens = tokenize(bench);
  const own = new Set(tokens.filter((_, at) => tokens[at - 1]?.text === 'module').map(({ text }) => text));
  const used = tokens.flatMap(({ kind, text }, at) => {
    const [next, after, before] = [tokens[at + 1], tokens[at + 2], tokens[at - 1]?.text ?? ';'];
    const instance = next?.text === '#' || (next?.kind === 'word' && after?.text === '(');
    const starts = /^(;|end|endtask|endfunction|begin|\))$/.test(before);
    return kind === 'word' && starts && instance && !own.has(text) && !keywords.has(text) ? [text] : [];
  });
  const [, named] = /Module name:\s*([A-Za-z_]\w*)/i.exec(prompt) ?? [];
  return used.find((name) => name === named) ?? used[0];
}

const keywords = new Set(
  'task function module reg wire integer initial always if for while repeat case else begin assign real time'.split(
    ' ',
  ),
);

/** The outermost module of the reference. */
function referenceModule(reference: string, top: string | undefined): string | undefined {
  const names = outermostModules(tokenize(reference));
  const likely = [top, `verified_${top}`];
  return names.find((name) => likely.includes(name)) ?? names.at(-1);
}

type Parts = { prompt: string; bench: string; top: string; data: Record<string, string> };

function design(id: string, { prompt, bench, top, data }: Parts): Omit<ForeignTask, 'reference'> {
  return {
    id,
    title: id.replaceAll('_', ' '),
    difficulty: 'medium',
    tags: ['rtllm'],
    source: { author: 'RTLLM', licence: 'MIT', url: 'https://github.com/hkust-zhiyao/RTLLM' },
    prompt,
    language: 'systemverilog',
    top,
    bench: {
      kind: 'verilog',
      text: bench,
      top: outermostModules(tokenize(bench)).at(-1) ?? 'testbench',
      passes: 'Your Design Passed',
      fails: [],
      files: data,
      report: false,
    },
    mutants: [],
    recordedOnly: false,
    notes: [],
  };
}
