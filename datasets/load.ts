import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { AssayError } from '../verifiers/errors.ts';
import { packageRoot } from '../verifiers/paths.ts';
import { fileError } from './files/file-error.ts';
import { openFormat } from './formats/registry.ts';
import type { Loaded } from './loading/loaded.ts';
import { readTask } from './loading/read-task.ts';
import { matchesName, parseSelectors, type Selector } from './loading/selector.ts';
import type { Task } from './task.ts';

const taskFileName = 'task.yaml';
const shippedFolder = join(packageRoot, 'datasets', 'tasks');
const maxListedProblems = 50;

/**
 * Loads the tasks that `selector` names, each once, in the order of the words and within a word by path. A word is
 * - the id of a shipped task or a glob of ids: `python/cascade-bins`, `chip/*`, `all`;
 * - a folder of tasks (searched for `task.yaml` at any depth), one task's folder, or its file;
 * - `format:path` for a public format, see `formats/registry.ts`.
 *
 * Several words are joined by commas or given as a list. A word that names shipped tasks means those; write `./all`
 * for a folder of that name. Relative paths start at `cwd`.
 *
 * Errors: `TASK_NOT_FOUND`, `FORMAT_UNKNOWN`, `FILE_UNREADABLE`, and `TASK_INVALID` with all that is wrong, each
 * with its file, line, column and field.
 *
 * @example
 * const tasks = await loadTasks('python/*,./my-tasks');
 */
export async function loadTasks(
  selector: string | readonly string[],
  { cwd = process.cwd() }: { cwd?: string } = {},
): Promise<Task[]> {
  const selectors = parseSelectors(selector);
  if (selectors.length === 0)
    throw new AssayError('USAGE', 'no tasks are named — give --tasks, e.g. --tasks all');
  const loaded: Loaded[] = [];
  for (const one of selectors) loaded.push(...(await loadSelector(one, cwd)));
  return withoutRepeats(allValid(loaded));
}

function loadSelector(selector: Selector, cwd: string): Promise<Loaded[]> {
  if (selector.kind === 'format') return loadFormat(selector.format, resolve(cwd, selector.path), cwd);
  if (selector.kind === 'path') return loadPath(resolve(cwd, selector.path), cwd);
  return loadName(selector.name, cwd);
}

async function loadFormat(format: string, path: string, cwd: string): Promise<Loaded[]> {
  const loaded: Loaded[] = [];
  for await (const one of await openFormat(format, path, displayed(path, cwd))) loaded.push(one);
  if (loaded.length === 0) throw new AssayError('TASK_NOT_FOUND', `${path} holds no tasks — check the path`);
  return loaded;
}

async function loadPath(path: string, cwd: string): Promise<Loaded[]> {
  const files = await taskFilesUnder(path);
  if (files.length === 0) {
    throw new AssayError('TASK_NOT_FOUND', `no ${taskFileName} lies under ${path} — name a folder of tasks`);
  }
  return readAll(files, cwd);
}

/** Only what may be meant is read whole: a shipped task that is broken is no concern of those who named another. */
async function loadName(name: string, cwd: string): Promise<Loaded[]> {
  const shipped = await Promise.all((await taskFilesUnder(shippedFolder)).map(withId));
  const meant = shipped.filter(({ id }) => id === undefined || matchesName(name, id));
  const named = (
    await readAll(
      meant.map(({ file }) => file),
      cwd,
    )
  ).filter(({ id }) => id === undefined || matchesName(name, id));
  if (named.some(({ id }) => id !== undefined)) return named;
  const path = resolve(cwd, name);
  if (await stat(path).catch(() => undefined)) return loadPath(path, cwd);
  const near = nearest(
    name,
    shipped.flatMap(({ id }) => id ?? []),
  );
  const hint = near ? `did you mean "${near}"?` : '"assay tasks list" lists the shipped ones';
  throw new AssayError('TASK_NOT_FOUND', `"${name}" is neither a shipped task nor a path here — ${hint}`);
}

/** The id of a task file by its line alone, far cheaper than reading the YAML; absent where it is written otherwise. */
async function withId(file: string): Promise<{ file: string; id?: string }> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const [, id] = /^id:[ \t]*([\w./-]+)[ \t]*$/m.exec(text) ?? [];
  return { file, ...(id !== undefined && { id }) };
}

async function readAll(files: string[], cwd: string): Promise<Loaded[]> {
  const loaded: Loaded[] = [];
  for (const file of files) loaded.push(await readTask(file, displayed(file, cwd)));
  return loaded;
}

/** Every task file at or under a path, sorted. A task's folder holds no other tasks; links to folders are not followed. */
async function taskFilesUnder(path: string): Promise<string[]> {
  try {
    if ((await stat(path)).isFile()) return [asTaskFile(path)];
    const entries = await readdir(path, { withFileTypes: true });
    if (entries.some(({ name }) => name === taskFileName)) return [join(path, taskFileName)];
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
    const names = folders.map(({ name }) => name).filter((name) => name !== 'node_modules');
    const found = await Promise.all(names.sort().map((name) => taskFilesUnder(join(path, name))));
    return found.flat();
  } catch (thrown) {
    throw fileError(path, thrown);
  }
}

function asTaskFile(path: string): string {
  if (!/\.jsonl(\.gz)?$/.test(path)) return path;
  const remedy = 'name its format, e.g. --tasks assay-jsonl:<file>';
  throw new AssayError('USAGE', `${path} is not a ${taskFileName} — ${remedy}`);
}

/** The shorter of the ways to name a path. */
function displayed(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short;
}

function allValid(loaded: Loaded[]): Task[] {
  const problems = loaded.flatMap((one) => ('problems' in one ? one.problems : []));
  if (problems.length === 0) return loaded.flatMap((one) => ('task' in one ? [one.task] : []));
  const files = loaded.filter((one) => 'problems' in one).length;
  const count = (number: number, thing: string) => `${number} ${thing}${number === 1 ? '' : 's'}`;
  const listed = [...new Set(problems)].slice(0, maxListedProblems).map((line) => `\n  ${line}`);
  const rest =
    problems.length > maxListedProblems ? `\n  and ${problems.length - maxListedProblems} more` : '';
  const what = `${count(problems.length, 'problem')} in ${count(files, 'task')}`;
  throw new AssayError('TASK_INVALID', `${what} — correct them:${listed.join('')}${rest}`);
}

/** A task named twice is loaded once; two tasks of one id are an error. */
function withoutRepeats(tasks: Task[]): Task[] {
  const byId = new Map<string, Task>();
  for (const task of tasks) {
    const earlier = byId.get(task.id);
    if (earlier && earlier.origin !== task.origin) {
      const remedy = 'give each its own id';
      const what = `the id "${task.id}" is used by ${earlier.origin} and by ${task.origin}`;
      throw new AssayError('TASK_INVALID', `${what} — ${remedy}`);
    }
    byId.set(task.id, task);
  }
  return [...byId.values()];
}

/** The id that shares the longest run of letters with what was typed, if that is most of it. */
function nearest(name: string, ids: string[]): string | undefined {
  const last = basename(name).toLowerCase();
  return ids.find((id) => last.length > 2 && (id.includes(last) || last.includes(basename(id))));
}
