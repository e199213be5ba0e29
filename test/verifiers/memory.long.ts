import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { loadTasks } from '../../datasets/load.ts';
import { packageRoot } from '../../verifiers/paths.ts';

const mebibyte = 1 << 20;

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise; // the process has just ended
  }
}

/** A process and all that descend from it. */
function treeOf(root: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = new Map<number, number[]>();
  for (const pid of pids.map(Number)) {
    const stat = readOr(`/proc/${pid}/stat`, '');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** What a process has in memory, with its share of what it has together with others. */
function proportionalBytes(pid: number): number {
  const [, kibibytes = '0'] = /^Pss:\s+(\d+)/m.exec(readOr(`/proc/${pid}/smaps_rollup`, '')) ?? [];
  return Number(kibibytes) * 1024;
}

async function peakOf(child: ChildProcess, pid: number): Promise<number> {
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null) {
    const sizes = treeOf(pid).map(proportionalBytes);
    peak = Math.max(
      peak,
      sizes.reduce((sum, size) => sum + size, 0),
    );
    await pause(150);
  }
  return peak;
}

test('two candidates at a time in all languages take less than 1.5 GiB, the verifier included', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-memory-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const tasks = (await loadTasks('all')).filter(({ reference }) => reference !== '');
  const ofKind = (kind: string) => tasks.filter(({ verify }) => verify.kind === kind);
  const rows = [...ofKind('code'), ...ofKind('chip').slice(0, 12)].map(({ id, reference }) =>
    JSON.stringify({ task: id, completion: reference }),
  );
  const samples = join(folder, 'samples.jsonl');
  writeFileSync(samples, `${rows.join('\n')}\n`);
  const words = ['score', samples, '--tasks', 'all', '--out', join(folder, 'out'), '--concurrency', '2'];
  const child = spawn(process.execPath, ['bin/assay.mjs', ...words], { cwd: packageRoot, stdio: 'ignore' });
  const ended = once(child, 'exit');
  const peak = await peakOf(child, child.pid ?? 0);
  const [code] = await ended;
  expect(code).toBe(0);
  expect(peak).toBeGreaterThan(100 * mebibyte);
  expect(peak).toBeLessThan(1536 * mebibyte);
});
