import type { Mount } from './sandbox.ts';

/** A path inside the sandbox as the same file outside of it, for runs that have no sandbox. */
export function outside(word: string, mounts: readonly Mount[], work: string): string {
  const mount = mounts.find(({ target }) => word === target || word.startsWith(`${target}/`));
  if (mount) return mount.source + word.slice(mount.target.length);
  return word === '/work' || word.startsWith('/work/') ? work + word.slice('/work'.length) : word;
}
