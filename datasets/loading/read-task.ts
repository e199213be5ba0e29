import { open, realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { languages } from '../../verifiers/code/languages/index.ts';
import { diffIn } from '../../verifiers/code/repository/change.ts';
import { AssayError } from '../../verifiers/errors.ts';
import { readText } from '../files/read-text.ts';
import { type Instance, instanceOf } from '../parameters/instance.ts';
import { type Task, type TaskFile, taskFileSchema } from '../task.ts';
import { withFolders } from './folders.ts';
import type { Loaded } from './loaded.ts';
import { mutantTexts } from './mutant-texts.ts';
import { type FieldPath, fieldName, type Problem } from './problem.ts';
import { schemaProblems } from './schema-problems.ts';
import { sourcesOf, withTexts } from './sources.ts';
import { taskProblems } from './task-problems.ts';
import { readYaml } from './yaml-document.ts';

const maxTaskFileBytes = 4 * 2 ** 20;
/** Of a file that is JSON, which is read much faster: tasks of public sets can have many tests. */
const maxJsonTaskBytes = 256 * 2 ** 20;
const maxCandidateBytes = 2 ** 20;

/**
 * Reads one `task.yaml` with the files it names. `origin` is how messages name it. `instance` draws the values of its
 * parameters; without it they have their defaults.
 */
export async function readTask(path: string, origin: string, instance?: number): Promise<Loaded> {
  const text = await readTaskText(path).catch(messageOf);
  if (typeof text !== 'string') return { origin, problems: [text.problem] };
  const document = readYaml(text);
  const found = await readDocument(instanceOf(document.value, instance), dirname(path), origin);
  const fields = found.problems.map(({ field, message }) => ({
    position: document.positionOf(field),
    message: [fieldName(field), message].filter(Boolean).join(': '),
  }));
  const floats = hasWholeNumbers(document.value) ? document.hiddenFloats(['verify', 'cases']) : [];
  const problems = [...document.problems, ...floats, ...fields].sort(
    (a, b) => a.position.line - b.position.line,
  );
  const task = found.task && problems.length === 0 ? { task: found.task } : { problems: problems.map(say) };
  return named({ ...idOf(document.value), origin, ...task }, instance);

  function say({ position: { line, column }, message }: (typeof problems)[number]): string {
    return `${origin}:${line}:${column}: ${message}`;
  }
}

async function readTaskText(path: string): Promise<string> {
  return readText(path, (await startsAsJson(path)) ? maxJsonTaskBytes : maxTaskFileBytes);
}

async function startsAsJson(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  const start = await file?.read({ buffer: Buffer.alloc(1) }).catch(() => undefined);
  await file?.close();
  return start?.buffer.toString() === '{';
}

/** An instance of a task has its number behind the id: `chip/counter@7`. */
function named(loaded: Loaded, instance: number | undefined): Loaded {
  if (instance === undefined || loaded.id === undefined) return loaded;
  const id = `${loaded.id}@${instance}`;
  return 'task' in loaded ? { ...loaded, id, task: { ...loaded.task, id } } : { ...loaded, id };
}

/** The task that a parsed file tells of, or all that is wrong with its fields and files. */
async function readDocument(
  instance: Instance,
  folder: string,
  origin: string,
): Promise<{ task?: Task; problems: Problem[] }> {
  if (instance.value === undefined || instance.problems.length > 0) return { problems: instance.problems };
  const parsed = taskFileSchema.safeParse(instance.value);
  if (!parsed.success) return { problems: schemaProblems(parsed.error) };
  const { texts, problems } = await readFiles(parsed.data, folder, instance);
  const { parameters } = instance;
  const read = await withFolders(parsed.data.verify, folder);
  const assembled = assemble({ ...parsed.data, verify: read.verify }, texts, origin);
  const { verify } = assembled.task;
  return {
    task: { ...assembled.task, ...(parameters && { parameters }) },
    problems: [
      ...taskProblems({ ...parsed.data, verify }),
      ...read.problems,
      ...problems,
      ...assembled.problems,
    ],
  };
}

/** Where there is one kind of number only, as in JavaScript, nothing is lost by `2.0` being read as 2. */
function hasWholeNumbers(value: unknown): boolean {
  const language = (value as { verify?: { language?: unknown } } | undefined)?.verify?.language;
  return typeof language === 'string' && languages.get(language)?.values === 'python';
}

function idOf(value: unknown): { id?: string } {
  const id = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? { id } : {};
}

/** The texts of all files a task names, by the names it uses; those that cannot be read are problems. */
async function readFiles(task: TaskFile, folder: string, { fill }: Instance) {
  const texts = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { field, file } of filesOf(task)) {
    const read = await readInside(folder, file).catch(messageOf);
    const { text, problem } = typeof read === 'string' ? fill(read) : { text: '', ...read };
    texts.set(file, text);
    if (problem !== undefined) problems.push({ field, message: problem });
  }
  return { texts, problems };
}

function filesOf(task: TaskFile): { field: FieldPath; file: string }[] {
  const mutants = task.mutants.flatMap(({ file }, index) => {
    return file === undefined ? [] : [{ field: ['mutants', index, 'file'], file }];
  });
  const completions = task.completions.flatMap(({ file }, index) => {
    return file === undefined ? [] : [{ field: ['completions', index, 'file'], file }];
  });
  const reference = task.reference ? [{ field: ['reference', 'file'], file: task.reference.file }] : [];
  return [...reference, ...sourcesOf(task.verify), ...mutants, ...completions];
}

/** Links are followed before it is decided whether a file lies within its task's folder. */
async function readInside(folder: string, file: string): Promise<string> {
  const path = join(folder, file);
  const inside = (whole: string, part: string) => !relative(whole, part).split(sep).includes('..');
  const real = inside(folder, path) ? await realpath(path).catch(() => path) : path;
  if (inside(folder, path) && inside(await realpath(folder), real))
    return await readText(path, maxCandidateBytes);
  throw new AssayError('FILE_UNREADABLE', `${file} lies outside the task's folder — move it there`);
}

function messageOf(thrown: unknown): { problem: string } {
  if (thrown instanceof AssayError) return { problem: thrown.message };
  throw thrown;
}

function assemble(
  file: TaskFile,
  texts: ReadonlyMap<string, string>,
  origin: string,
): { task: Task; problems: Problem[] } {
  const { schema: _, reference, mutants, completions, ...rest } = file;
  const textOf = (name: string) => texts.get(name) ?? '';
  const right = reference ? textOf(reference.file) : '';
  const made = mutantTexts(mutants, { reference: right, textOf });
  const task: Task = {
    ...rest,
    reference: right,
    mutants: made.mutants,
    verify: withTexts(rest.verify, textOf),
    completions: completions.map(({ kind, text, file: name = '', before }) => ({
      kind,
      text: text ?? inFence(textOf(name), file.verify, before),
    })),
    origin,
  };
  return { task, problems: made.problems };
}

/** What changes a tree has fences of its own, where it is no diff. */
function inFence(text: string, { mode, language }: TaskFile['verify'], before = ''): string {
  const words = before === '' ? '' : `${before.trimEnd()}\n\n`;
  if (mode === 'repository' && diffIn(text) !== text) return `${words}${text}`;
  return `${words}\`\`\`${mode === 'repository' ? 'diff' : language}\n${text.trimEnd()}\n\`\`\`\n`;
}
