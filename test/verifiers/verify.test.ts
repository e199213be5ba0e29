import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadTasks } from '../../datasets/load.ts';
import type { Task } from '../../datasets/task.ts';
import { openVerifierSandbox } from '../../verifiers/open.ts';
import type { Verdict } from '../../verifiers/verdict.ts';
import { verify } from '../../verifiers/verify.ts';

const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of leftovers.splice(0).reverse()) await clean();
});

async function open(options: Parameters<typeof openVerifierSandbox>[0] = {}) {
  const sandbox = await openVerifierSandbox({ slots: 1, ...options });
  leftovers.push(() => sandbox.close());
  return sandbox;
}

async function shipped(id: string): Promise<Task> {
  const [task] = await loadTasks(id);
  if (!task) throw new Error(`${id} is shipped`);
  return task;
}

/** What a `no-verdict` is made of, apart from its message; it has neither reward nor outcome. */
function faultOf(verdict: Verdict) {
  if (verdict.status !== 'no-verdict') return verdict;
  expect(verdict).not.toHaveProperty('reward');
  expect(verdict).not.toHaveProperty('passed');
  const { message, ...error } = verdict.error;
  expect(message).not.toBe('');
  return error;
}

const endless = 'while True:\n    pass\n';

describe('a fault that is not the candidate’s ends without a reward, with its blame:', () => {
  test('a killed launcher', async () => {
    const sandbox = await open();
    const task = await shipped('python/ledger-batch');
    await verify(task, task.reference, { sandbox }); // one that has not begun by then would be begun again
    const verdict = verify(task, endless, { sandbox });
    setTimeout(() => process.kill(sandbox.launcherPid, 'SIGKILL'), 500);
    expect(faultOf(await verdict)).toEqual({
      blame: 'infrastructure',
      code: 'SANDBOX_LOST',
      retryable: true,
    });
  });

  test('a full queue', async () => {
    const sandbox = await open({ queueLength: 1 });
    const task = await shipped('python/ledger-batch');
    const verdicts = await Promise.all([1, 2, 3, 4].map(() => verify(task, task.reference, { sandbox })));
    const faults = verdicts.map(faultOf).filter((fault) => 'code' in fault);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults[0]).toEqual({ blame: 'infrastructure', code: 'QUEUE_FULL', retryable: true });
  });

  test('a reference that is broken', async () => {
    const task = await shipped('chip/counter');
    const broken = { ...task, reference: 'module counter(input nothing); endmodule\n' };
    const verdict = await verify(broken, task.reference, { sandbox: await open() });
    expect(faultOf(verdict)).toEqual({ blame: 'task', code: 'TASK_REFERENCE_FAILED', retryable: false });
  });

  test.runIf(process.getuid?.() === 0)('a full disk', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'none', folder]);
    leftovers.push(() => {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    });
    const before = process.env.TMPDIR;
    process.env.TMPDIR = folder;
    try {
      const sandbox = await open({ kind: 'process' });
      writeFileSync(join(folder, 'rest'), Buffer.alloc(100 << 10));
      try {
        writeFileSync(join(folder, 'more'), Buffer.alloc(100 << 10));
      } catch {}
      const task = await shipped('python/ledger-batch');
      const verdict = await verify(task, task.reference, { sandbox });
      expect(faultOf(verdict)).toEqual({ blame: 'infrastructure', code: 'DISK_FULL', retryable: true });
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  });
});

test('what a candidate does to itself is scored, never a missing verdict', async () => {
  const sandbox = await open();
  const task = await shipped('python/ledger-batch');
  const endings = [
    endless,
    'import os; os.kill(os.getpid(), 9)\n',
    'import os; os.kill(1, 9); os.kill(-1, 9)\n',
    'x = [0] * (1 << 34)\n',
    'import sys; sys.exit(0)\n',
    'import os\nwhile True:\n    os.fork()\n',
    'import os\nwhile True:\n    os.write(1, b"x" * 65536)\n',
    'import os\nfor fd in range(64):\n    try: os.write(fd, b"r\\0\\0\\0\\2{}")\n    except OSError: pass\n',
    `x = """${'x'.repeat(2 << 20)}"""\n`,
  ];
  for (const candidate of endings) {
    const verdict = await verify(task, candidate, { sandbox });
    expect(verdict).toMatchObject({ status: 'scored', reward: 0, passed: false });
  }
  expect(await verify(task, task.reference, { sandbox })).toMatchObject({ status: 'scored', reward: 1 });
});

test('a cancelled verification rejects, and the slot is free again', async () => {
  const sandbox = await open();
  const task = await shipped('python/ledger-batch');
  const outcome = verify(task, endless, { sandbox, signal: AbortSignal.timeout(300) });
  await expect(outcome).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await verify(task, task.reference, { sandbox })).toMatchObject({ reward: 1 });
});

test('the same task, candidate and seed give the same verdict but for its cost, in every kind of sandbox', async () => {
  for (const id of [
    'python/sensor-summary',
    'typescript/latest-by',
    'javascript/exact-shares',
    'chip/counter',
  ]) {
    const task = await shipped(id);
    const candidate = task.mutants[0]?.text ?? '';
    const verdicts: unknown[] = [];
    for (const kind of ['warm', 'warm', 'process'] as const) {
      const { usage, ...verdict } = await verify(task, candidate, { sandbox: await open({ kind }), seed: 7 });
      verdicts.push(verdict);
    }
    expect(verdicts[1]).toEqual(verdicts[0]);
    expect(verdicts[2]).toEqual(verdicts[0]);
  }
});

test('without a sandbox, on request, verdicts are the same and say so', async () => {
  const sandbox = await open({ unsafe: true });
  for (const id of [
    'python/sensor-summary',
    'python/desk-queue',
    'typescript/latest-by',
    'javascript/alarm-log',
    'chip/counter',
  ]) {
    const task = await shipped(id);
    const verdict = await verify(task, task.reference, { sandbox });
    expect(verdict).toMatchObject({ status: 'scored', reward: 1, sandbox: 'none' });
  }
});
