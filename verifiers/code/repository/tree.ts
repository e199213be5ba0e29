import { AssayError } from '../../errors.ts';
import type { JobFile } from '../../sandbox/index.ts';
import type { Tree } from './spec.ts';

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

/** The files of a tree. One that still names a folder was not read by the loader of tasks. */
export function filesOf(tree: Tree): Files {
  if ('files' in tree) return tree.files;
  throw new AssayError('TASK_INVALID', `the folder "${tree.folder}" of the task was not read`);
}

/** The files as a job gets them. */
export function jobFiles(files: Files): JobFile[] {
  return Object.entries(files).map(([path, content]) => ({ path, content }));
}

const longestPath = 200;
/** What a file system takes, in bytes. */
const longestPart = 255;

/** Why a path cannot be one of a tree; undefined when it can. */
export function pathProblem(path: string): string | undefined {
  if (path === '' || path.length > longestPath) return `has ${path.length} characters`;
  if (path.startsWith('/')) return 'is absolute';
  if (/[\\\p{C}]/u.test(path)) return 'has a backslash or a control character';
  const parts = path.split('/');
  if (parts.includes('..')) return 'leads out of the tree';
  if (parts.includes('') || parts.includes('.')) return 'has an empty part';
  if (parts.some((part) => Buffer.byteLength(part) > longestPart)) return 'has too long a part';
  return parts[0] === '.git' ? 'lies in .git' : undefined;
}

/** A file that stands where another path needs a folder; undefined when there is none. */
export function blockedPath(paths: readonly string[]): string | undefined {
  const all = new Set(paths);
  return paths.find((path) => foldersOf(path).some((folder) => all.has(folder)));
}

/** `a/b/c` lies in `a` and `a/b`. */
export function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Whether a path is one of these patterns: `*` stands for what has no slash, `**` for anything. */
export function matches(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => expressionOf(pattern).test(path));
}

function expressionOf(pattern: string): RegExp {
  const words = pattern
    .split(/(\*\*\/|\*\*|\*)/)
    .map((part) => wild.get(part) ?? part.replace(/[^\w/]/g, '\\$&'));
  return new RegExp(`^${words.join('')}$`);
}

const wild = new Map([
  ['**/', '(?:.*/)?'],
  ['**', '.*'],
  ['*', '[^/]*'],
]);
