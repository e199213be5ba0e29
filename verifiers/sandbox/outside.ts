import { dirname } from 'node:path';
import type { Mount } from './sandbox.ts';

/** A path inside the sandbox as the same file outside of it, for runs that have no sandbox. */
export function outside(word: string, mounts: readonly Mount[], work: string): string {
  const mount = mounts.find(({ target }) => word === target || word.startsWith(`${target}/`));
  if (mount) return mount.source + word.slice(mount.target.length);
  return word === '/work' || word.startsWith('/work/') ? work + word.slice('/work'.length) : word;
}

/** A search path inside the sandbox as the same folders outside of it; that of a single program is the folder it lies in. */
export function outsidePath(path: string, mounts: readonly Mount[]): string {
  const folders = path.split(':').map((folder) => {
    const program = mounts.find(({ target }) => dirname(target) === folder);
    return program ? dirname(program.source) : folder;
  });
  return folders.join(':');
}
