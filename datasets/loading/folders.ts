import { readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Files, pathProblem } from '../../verifiers/code/repository/tree.ts';
import { AssayError } from '../../verifiers/errors.ts';
import { readText } from '../files/read-text.ts';
import type { TaskFile } from '../task.ts';
import type { FieldPath, Problem } from './problem.ts';

const largestFile = 2 ** 20;
const mostFiles = 500;

/** A task whose folders have become the files in them, and what is wrong with those. */
export async function withFolders(
  verify: TaskFile['verify'],
  folder: string,
): Promise<{ verify: TaskFile['verify']; problems: Problem[] }> {
  if (verify.mode !== 'repository') return { verify, problems: [] };
  const problems: Problem[] = [];
  const read = async <Tree extends { folder: string } | { files: Files }>(tree: Tree, field: FieldPath) => {
    if (!('folder' in tree)) return tree;
    const found = await filesUnder(folder, tree.folder).catch(messageOf);
    if ('problem' in found) problems.push({ field: [...field, 'folder'], message: found.problem });
    return { files: 'problem' in found ? {} : found.files };
  };
  const tree = await read(verify.tree, ['verify', 'tree']);
  const { tests } = verify;
  if (tests.by === 'suites') {
    const suites = await read(tests.suites, ['verify', 'tests', 'suites']);
    return { verify: { ...verify, tree, tests: { ...tests, suites } }, problems };
  }
  if (tests.by === 'command') {
    const files = await read(tests.files, ['verify', 'tests', 'files']);
    return { verify: { ...verify, tree, tests: { ...tests, files } }, problems };
  }
  return { verify: { ...verify, tree }, problems };
}

/** The texts below a folder of the task, by their paths in it. Links are not followed. */
async function filesUnder(taskFolder: string, name: string): Promise<{ files: Record<string, string> }> {
  const root = join(taskFolder, name);
  const real = await realpath(root).catch(() => root);
  if (
    relative(await realpath(taskFolder), real)
      .split(sep)
      .includes('..')
  ) {
    throw new AssayError('FILE_UNREADABLE', `${name} lies outside the task's folder — move it there`);
  }
  const entries = await readdir(real, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw new AssayError('FILE_UNREADABLE', `${name} cannot be read as a folder — check its name`, { cause });
  });
  const found = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.pyc'));
  if (found.length === 0 || found.length > mostFiles) {
    throw new AssayError(
      'FILE_UNREADABLE',
      `${name} holds ${found.length} files — it needs 1 to ${mostFiles}`,
    );
  }
  const paths = found.map((entry) => relative(real, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const files: Record<string, string> = {};
  for (const path of paths.sort()) {
    const why = pathProblem(path);
    if (why) throw new AssayError('FILE_UNREADABLE', `${name}/${path}: the path ${why} — rename it`);
    files[path] = await readText(join(real, path), largestFile);
  }
  return { files };
}

function messageOf(thrown: unknown): { problem: string } {
  if (thrown instanceof AssayError) return { problem: thrown.message };
  throw thrown;
}
