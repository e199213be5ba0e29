import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../verifiers/errors.ts';
import { fileError } from '../files/file-error.ts';

export const taskFileName = 'task.yaml';

/** Every task file at or under a path, sorted. A task's folder holds no other tasks; links to folders are not followed. */
export async function taskFilesUnder(path: string): Promise<string[]> {
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

/** The id of a task file by its line alone, far cheaper than reading the YAML; absent where it is written otherwise. */
export async function withId(file: string): Promise<{ file: string; id?: string }> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const [, id] = /^id:[ \t]*([\w./-]+)[ \t]*$/m.exec(text) ?? [];
  return { file, ...(id !== undefined && { id }) };
}
