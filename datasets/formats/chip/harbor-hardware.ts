import { readdir } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import { z } from 'zod';
import { asOneText, headingOf } from '../../../verifiers/chip/bench/answer-files.ts';
import { rerooted } from '../../../verifiers/chip/bench/rerooted.ts';
import type { ScriptBench } from '../../../verifiers/chip/bench/spec.ts';
import { outermostModules } from '../../../verifiers/chip/verilog/outermost.ts';
import { tokenize } from '../../../verifiers/chip/verilog/tokens.ts';
import type { Sandbox } from '../../../verifiers/sandbox/index.ts';
import { readText } from '../../files/read-text.ts';
import { RowError } from '../reading/row-error.ts';
import type { ForeignTask } from './foreign-task.ts';
import type { ForeignRow } from './read-foreign.ts';

type Files = Record<string, string>;

const maxBytes = 4 << 20;
const limits = {
  cpuMs: 20_000,
  memoryBytes: 512 << 20,
  processes: 32,
  diskBytes: 64 << 20,
  outputBytes: 8 << 20,
};
const isDesign = (path: string) => /\.s?v$/.test(path);
const isTest = (path: string) => /(^|[^a-z])(tb|test|testbench|bench)([^a-z]|$)/i.test(path);

const solutionProgram = `
import json, os, subprocess, sys
folder, given = sys.argv[1], json.loads(sys.argv[2])
os.makedirs(folder, exist_ok=True)
code = subprocess.run(["bash", "/work/solution/solve.sh"], cwd=folder, stdin=subprocess.DEVNULL, stdout=2).returncode
made = {}
for root, _, names in os.walk("/work"):
    for name in names:
        path = os.path.relpath(os.path.join(root, name), "/work")
        if path.split("/")[0] in ("solution", "tests"):
            continue
        text = open(os.path.join("/work", path), errors="replace").read()
        if given.get(path) != text:
            made[path] = text
print(json.dumps({"code": code, "made": made}))
`;
const solvedSchema = z.object({ code: z.number(), made: z.record(z.string(), z.string()) });

/** A folder as far as it is read: the files of its test, those that an image would hold, and what its solution writes. */
type Hardware = { tests: Files; given: Files; solved: Files; workdir: string };

/**
 * A foreign Harbor folder whose solution writes nothing but Verilog, as a task of chip design. Its image is not built: its
 * files are those that the Dockerfile copies, its tools those of the sandbox. The solution is run there once, and what it
 * writes is the reference; the test script judges beside ours.
 */
export async function readHardware(folder: string, origin: string, sandbox: Sandbox): Promise<ForeignRow> {
  try {
    const hardware = await readFolder(folder, sandbox);
    const words = ['instruction.md', 'task.toml'].map((name) => readText(join(folder, name), maxBytes));
    const [instruction = '', settings = ''] = await Promise.all(words);
    return { origin, foreign: taskOf(basename(folder), instruction, settings, hardware) };
  } catch (thrown) {
    if (thrown instanceof RowError) return { origin, problems: [`${origin}: ${thrown.message}`] };
    throw thrown;
  }
}

async function readFolder(folder: string, sandbox: Sandbox): Promise<Hardware> {
  const read = ['tests', 'solution', 'environment'].map((name) => filesIn(join(folder, name)));
  const [tests = {}, solution = {}, context = {}] = await Promise.all(read);
  if (tests['test.sh'] === undefined) throw new RowError('it has no tests/test.sh');
  if (solution['solve.sh'] === undefined)
    throw new RowError('it has no solution/solve.sh, so there is no reference to hold an answer against');
  const { workdir, given } = imageOf(context);
  const moved = (files: Files) => mapTexts(files, (text) => rerooted(text, rootsOf(workdir)));
  const image = moved(given);
  const solved = await solve(moved(under('solution', solution)), image, workdir, sandbox);
  const other =
    Object.keys(solved).find((path) => !isDesign(path)) ?? (isEmpty(solved) ? 'no file' : undefined);
  if (other !== undefined)
    throw new RowError(
      `its solution writes ${other}, and without its image only tasks whose answer is Verilog are judged`,
    );
  return { tests: moved(under('tests', tests)), given: image, solved, workdir };
}

function taskOf(id: string, instruction: string, settings: string, hardware: Hardware): ForeignTask {
  const { solved, given } = hardware;
  const targets = Object.keys(solved).sort();
  const beside = Object.keys(given).filter(
    (path) => isDesign(path) && !isTest(path) && !targets.includes(path),
  );
  const modules = beside.map((path) => given[path]).join('\n');
  const reference = asOneText(solved);
  const top = outermostModules(tokenize(reference)).at(-1);
  if (top === undefined) throw new RowError('its solution holds no module');
  const setting = (name: string) => new RegExp(`^${name}\\s*=\\s*"([^"]*)"`, 'm').exec(settings)?.[1];
  return {
    id,
    title: id.replaceAll(/[-_]/g, ' '),
    difficulty: z.enum(['easy', 'medium', 'hard']).catch('medium').parse(setting('difficulty')),
    tags: ['harbor'],
    source: { author: setting('author_name') ?? 'unknown', licence: setting('licence') ?? 'unknown' },
    prompt: `${instruction.trimEnd()}\n\n${answerNote(targets)}`,
    language: 'systemverilog',
    top,
    reference,
    ...(modules !== '' && { modules }),
    bench: benchOf(hardware, targets, [...targets, ...beside]),
    mutants: [],
    recordedOnly: false,
    notes: [],
  };
}

function benchOf({ tests, given, workdir }: Hardware, targets: string[], sources: string[]): ScriptBench {
  const folder = workdir.slice(1);
  return {
    kind: 'script',
    files: tests,
    script: 'tests/test.sh',
    folder,
    targets,
    sources,
    given,
    report: false,
  };
}

const isEmpty = (files: Files) => Object.keys(files).length === 0;
const rootsOf = (workdir: string) => [
  ...new Set(['app', 'tests', 'solution', 'logs', workdir.split('/')[1] ?? 'app']),
];
const under = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
const mapTexts = (files: Files, change: (text: string) => string): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, change(text)]));

function answerNote(targets: readonly string[]): string {
  const [first = ''] = targets;
  if (targets.length === 1) return `Answer with the whole of \`/${first}\`, in one fenced code block.`;
  const names = targets.map((path) => `\`${headingOf(path)}\``).join(', ');
  return `Answer with these files in one fenced code block, each behind its line: ${names}.`;
}

/** The text files below a folder, by path; of one that is not there, none. */
async function filesIn(folder: string): Promise<Files> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files: Files = {};
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const text = await readText(path, maxBytes).catch(() => undefined);
    if (text !== undefined) files[path.slice(folder.length + 1)] = text;
  }
  return files;
}

/** What an image holds of its context, and where its work begins; commands that it runs are left out. */
function imageOf(context: Files): { workdir: string; given: Files } {
  let workdir = '/app';
  const given: Files = {};
  for (const line of (context.Dockerfile ?? '').split('\n')) {
    const [word = '', ...rest] = line.trim().split(/\s+/);
    if (/^workdir$/i.test(word) && rest[0]?.startsWith('/')) workdir = posix.normalize(rest[0]);
    if (!/^(copy|add)$/i.test(word) || rest.some((part) => part.startsWith('--from'))) continue;
    const [target = '.', ...sources] = rest.filter((part) => !part.startsWith('--')).reverse();
    for (const source of sources)
      Object.assign(given, copied(context, source, posix.resolve(workdir, target)));
  }
  return { workdir, given };
}

/** A file, or all below a folder, of a context as they lie in an image, by paths without the root. */
function copied(context: Files, source: string, target: string): Files {
  const from = posix.normalize(source).replace(/\/$/, '');
  const found: Files = {};
  for (const [path, text] of Object.entries(context)) {
    if (path === 'Dockerfile') continue;
    if (path === from)
      found[(isDesign(target) ? target : posix.join(target, posix.basename(path))).slice(1)] = text;
    else if (from === '.' || path.startsWith(`${from}/`))
      found[posix.join(target, from === '.' ? path : path.slice(from.length + 1)).slice(1)] = text;
  }
  return found;
}

/** What a solution writes. */
async function solve(solution: Files, given: Files, workdir: string, sandbox: Sandbox): Promise<Files> {
  const files = Object.entries({ ...given, ...solution }).map(([path, content]) => ({ path, content }));
  const argv = ['python3', '-c', solutionProgram, `/work${workdir}`, JSON.stringify(given)];
  const { ending, stdout } = await sandbox.run({ argv, files, limits });
  if (ending.by !== 'exit' || ending.code !== 0)
    throw new RowError(`its solution/solve.sh did not end within its bounds (${ending.by})`);
  const { code, made } = solvedSchema.parse(JSON.parse(stdout.text));
  if (code !== 0) throw new RowError(`its solution/solve.sh ended with exit code ${code} in the sandbox`);
  return made;
}
