import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openVerifierSandbox } from '../../../verifiers/open.ts';
import { verify } from '../../../verifiers/verify.ts';
import { counter, counterReference } from './chip-task.ts';

const verifications = 2000;
const abreast = 6;
const wrong = counterReference.replace('q + 1', 'q + 3');
const crashing = counterReference.replace('endmodule', 'initial $finish; endmodule');
const candidates = [counterReference, wrong, crashing];

const temporary = tmpdir();
const before = process.env.TMPDIR;
let folder = '';
afterEach(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(folder, { recursive: true, force: true });
});

/** A folder for all temporary files of this program and its children; user ids are shared with whatever else runs. */
function useOwnTemporaryFolder(): void {
  folder = mkdtempSync(join(temporary, 'left-'));
  chmodSync(folder, 0o711);
  symlinkSync(join(temporary, 'assay-uids'), join(folder, 'assay-uids'));
  process.env.TMPDIR = folder;
}

/** A file of a process, empty where the process is gone or not ours to look at. */
function fileOf(pid: string | number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

const pids = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name));
const childrenOf = (pid: number) =>
  pids().filter((child) => Number(/^PPid:\s*(\d+)$/m.exec(fileOf(child, 'status'))?.[1]) === pid);

/** Processes that a launcher started, or that started from our temporary folder, by their groups and what they were started with. */
function processesOf(launchers: ReadonlySet<number>): string[] {
  const groups = [...launchers].map((pid) => `assay-${pid}-`);
  return pids().filter((pid) => {
    if (Number(pid) === process.pid) return false;
    const [words, group] = [fileOf(pid, 'cmdline'), fileOf(pid, 'cgroup')];
    return words.includes(folder) || groups.some((name) => group.includes(name));
  });
}

function controlGroupsOf(launchers: ReadonlySet<number>): string[] {
  const names = [...launchers].flatMap((pid) => ['-o', '-name', `assay-${pid}-*`]).slice(1);
  const found = execFileSync('find', ['/sys/fs/cgroup', '-type', 'd', '(', ...names, ')'], {
    encoding: 'utf8',
  });
  return found.split('\n').filter(Boolean);
}

async function eventually(look: () => unknown[]): Promise<unknown[]> {
  for (let tries = 0; tries < 200 && look().length > 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return look();
}

test(`after ${verifications} verifications, a third of them killed, no file, process or control group is left`, async () => {
  useOwnTemporaryFolder();
  const sandbox = await openVerifierSandbox({ slots: 2 });
  const launchers = new Set([sandbox.launcherPid]);
  const ends = new Map<string, number>();
  const count = (end: string) => ends.set(end, (ends.get(end) ?? 0) + 1);

  const kill = (index: number, abort: () => void) => {
    if (index % 333 === 0) process.kill(sandbox.launcherPid, 'SIGKILL');
    else if (index % 33 === 0) {
      const slots = childrenOf(sandbox.launcherPid);
      const slot = slots[index % Math.max(1, slots.length)];
      if (slot !== undefined) process.kill(Number(slot), 'SIGKILL');
    } else abort();
  };
  const one = async (index: number) => {
    const controller = new AbortController();
    const isKilled = index % 3 === 0;
    const timer = isKilled
      ? setTimeout(() => kill(index, () => controller.abort()), (index * 7) % 60)
      : undefined;
    try {
      const { signal } = controller;
      const verdict = await verify(counter, candidates[index % 4] ?? counterReference, {
        sandbox,
        seed: 1,
        signal,
      });
      if (verdict.status === 'no-verdict') count(`${verdict.error.blame} ${verdict.error.code}`);
      else
        count(
          verdict.passed
            ? 'passed'
            : `failed by ${verdict.checks.find(({ outcome }) => outcome === 'fail')?.name}`,
        );
    } catch (thrown) {
      count(thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown));
    }
    clearTimeout(timer);
    if (sandbox.launcherPid) launchers.add(sandbox.launcherPid);
  };
  let index = 0;
  const work = async () => {
    while (index < verifications) {
      index += 1;
      await one(index);
    }
  };
  await Promise.all(Array.from({ length: abreast }, work));

  await sandbox.close();
  expect(await eventually(() => processesOf(launchers))).toEqual([]);
  expect(await eventually(() => controlGroupsOf(launchers))).toEqual([]);
  expect(readdirSync(folder)).toEqual(['assay-uids']);
  // What was killed is never held against a candidate, and what was not killed is judged.
  expect([...ends.keys()].sort()).toEqual([
    'CANCELLED',
    'failed by gate',
    'failed by simulate',
    'infrastructure SANDBOX_LOST',
    'passed',
  ]);
  expect([...ends.values()].reduce((sum, each) => sum + each, 0)).toBe(verifications);
  expect(launchers.size).toBeGreaterThan(2);
});
