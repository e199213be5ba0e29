import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssayError } from '../errors.ts';

const firstUid = 64_000;
const lastUid = 64_999;

/** True while a process with this pid is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Takes a host user id for one slot that nobody on this machine uses, so that limits counted by user are the slot's
 * own. Only root can; others run their slots under their own id. `release` gives it back.
 */
export function takeUid(): { uid: number; release: () => void } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const folder = join(tmpdir(), 'assay-uids');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const named = namedUids();
  for (let uid = firstUid; uid <= lastUid; uid++) {
    const claim = join(folder, String(uid));
    if (!named.has(uid) && take(claim)) return { uid, release: () => rmSync(claim, { force: true }) };
  }
  throw new AssayError(
    'SANDBOX_UNAVAILABLE',
    `no user id is free from ${firstUid} to ${lastUid} — end other runs`,
  );
}

function namedUids(): Set<number> {
  try {
    const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
    return new Set(lines.map((line) => Number(line.split(':')[2])));
  } catch {
    return new Set();
  }
}

function take(claim: string): boolean {
  for (let tries = 0; tries < 2; tries++) {
    try {
      writeFileSync(claim, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      if (isAlive(Number(readOwner(claim)))) return false;
      rmSync(claim, { force: true });
    }
  }
  return false;
}

function readOwner(claim: string): string {
  try {
    return readFileSync(claim, 'utf8') || '0';
  } catch {
    return '0';
  }
}
