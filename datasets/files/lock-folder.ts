import { readFileSync, readlinkSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AssayError } from '../../verifiers/errors.ts';
import { fileError } from './file-error.ts';
import { makeFolder } from './make-folder.ts';

/** A hold on a folder of results. */
export type FolderLock = { release(): Promise<void> };

const prefix = '.lock-';
let locksTaken = 0;

/**
 * Makes `folder` where needed and holds it for this process, so that no two runs write the same files. The hold of a
 * process that was killed does not count.
 *
 * First announce, then look: each writes a file whose name says who it is, and withdraws when it finds another
 * living one. Of two that start together at most one stays.
 *
 * Errors: `USAGE` when another process holds the folder, `FILE_UNREADABLE` when it cannot be made.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const name = `${prefix}${worldOfProcesses()}_${process.pid}_${startOf(process.pid)}_${++locksTaken}`;
  const path = join(folder, name);
  try {
    await makeFolder(folder);
    await writeFile(path, '');
    for (const other of await otherLocks(folder, name)) await removeIfDead(folder, other);
  } catch (thrown) {
    await rm(path, { force: true }).catch(() => {});
    throw fileError(folder, thrown);
  }
  return { release: () => rm(path, { force: true }) };
}

async function otherLocks(folder: string, own: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith(prefix) && name !== own);
}

async function removeIfDead(folder: string, name: string): Promise<void> {
  const path = join(folder, name);
  const [world, pid, started] = name.slice(prefix.length).split('_');
  if (world !== worldOfProcesses()) {
    const remedy = `if that run has ended, delete ${path}`;
    throw new AssayError('USAGE', `${folder} is held by a run on another machine or container — ${remedy}`);
  }
  if (startOf(Number(pid)) === started) {
    const remedy = 'wait for it, or choose another --out';
    throw new AssayError('USAGE', `${folder} is held by the running process ${pid} — ${remedy}`);
  }
  await rm(path, { force: true });
}

/** A pid alone may be reused; with the time of its start it is one process. */
function startOf(pid: number): string {
  try {
    const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return state === 'Z' ? 'ended' : (fields[18] ?? 'unknown');
  } catch {
    return 'ended';
  }
}

/** Within one of these, a pid means the same process to everybody. */
function worldOfProcesses(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
    return `${boot}-${readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')}`;
  } catch {
    return hostname().replaceAll('_', '-');
  }
}
