import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { sha256 } from '../../verifiers/verdict.ts';
import { readText } from '../files/read-text.ts';
import { taskFileName } from '../loading/task-files.ts';
import type { Task } from '../task.ts';
import { taskSha256 } from '../task-sha256.ts';

const maxFileBytes = 4 << 20;
const certificateName = /^admission(@\d+)?\.json$/;

/**
 * What a certificate speaks of: the files of a task's folder but the certificates themselves, and which instance of them;
 * for a task without a folder its fields. A field that a later version adds leaves the files as they are.
 */
export async function contentSha256(task: Task): Promise<string> {
  if (basename(task.origin) !== taskFileName) return taskSha256(task);
  const folder = resolve(dirname(task.origin));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !certificateName.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
  const files = await Promise.all(
    paths.map(async (path) => [path, await readText(join(folder, path), maxFileBytes)]),
  );
  return sha256(JSON.stringify([task.id, files]));
}
