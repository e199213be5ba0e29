import { closeSync, readdirSync, readFileSync } from 'node:fs';

const firstOwn = 3;
const closeOnExec = 0o2000000;

/**
 * Closes what this process was left open by whoever started it and would hand on to every child: a candidate must
 * not find a descriptor of the host. Node marks all of its own to be closed.
 */
export function closeInherited(): void {
  for (const name of readdirSync('/proc/self/fd')) {
    const fd = Number(name);
    if (fd < firstOwn || flagsOf(fd) & closeOnExec) continue;
    try {
      closeSync(fd);
    } catch {}
  }
}

function flagsOf(fd: number): number {
  try {
    const line = readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8')
      .split('\n')
      .find((candidate) => candidate.startsWith('flags:'));
    return Number.parseInt(line?.slice('flags:'.length).trim() ?? '', 8) || closeOnExec;
  } catch {
    return closeOnExec; // the descriptor of the listing itself, gone by now
  }
}
