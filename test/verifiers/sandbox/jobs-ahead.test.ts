import { execFileSync } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { type Job, openSandbox, type SandboxHost } from '../../../verifiers/sandbox/index.ts';

const limits = { cpuMs: 1000, memoryBytes: 64 << 20, processes: 8, diskBytes: 1 << 20, outputBytes: 4096 };
const say = (text: string): Job => ({ argv: ['echo', text], limits });
const said = (text: string) => ({ ending: { by: 'exit', code: 0 }, stdout: { text: `${text}\n` } });

let sandbox: SandboxHost | undefined;
afterEach(() => sandbox?.close());

/** So many that most are sent to the slot before it is their turn. */
const count = 60;

/** What comes of many quick jobs in one slot, with others at some places among them. */
async function amongMany(
  others: Readonly<Record<number, Job>>,
  signals: Readonly<Record<number, AbortSignal>> = {},
) {
  sandbox = await openSandbox({ slots: 1 });
  await sandbox.run(say('first'));
  const jobs = Array.from({ length: count }, (_, index) => others[index] ?? say(String(index)));
  const results = jobs.map((job, index) => {
    const signal = signals[index];
    return sandbox?.run(job, signal ? { signal } : {}).catch((error: unknown) => error);
  });
  return { all: Promise.all(results), results };
}

const isOther = (others: object) => (_: unknown, index: number) => !(index in others);
const indices = Array.from({ length: count }, (_, index) => index);

test('each of many jobs gets what came of it', async () => {
  const { all } = await amongMany({});
  expect(await all).toMatchObject(indices.map((index) => said(String(index))));
});

test('a job that is stopped, ends badly or has other limits is alone in that', async () => {
  const others: Record<number, Job> = {
    5: { argv: ['sh', '-c', 'while :; do :; done'], limits: { ...limits, cpuMs: 200 } },
    11: { argv: ['sh', '-c', 'kill -9 $$'], limits },
    17: { argv: ['sleep', '60'], limits: { ...limits, wallMs: 100 } },
    23: { argv: ['python3', '-c', 'x = bytearray(1 << 30)'], limits },
    29: { argv: ['echo', 'more'], limits: { ...limits, memoryBytes: 128 << 20 } },
    30: { argv: ['sh', '-c', 'yes'], limits },
    31: { argv: ['no such program'], limits },
    35: { argv: ['cat'], stdin: 'text\n', limits },
    36: { argv: ['sh', '-c', 'read a <&3; echo "<$a>" >&3'], exchange: ['line'], limits },
  };
  const { all } = await amongMany(others);
  const results = await all;
  const expected = indices.map((index) => said(String(index)));
  expect(results.filter(isOther(others))).toMatchObject(expected.filter(isOther(others)));
  expect(Object.keys(others).map((index) => results[Number(index)])).toMatchObject([
    { ending: { by: 'cpu-limit' } },
    { ending: { by: 'signal', signal: 'SIGKILL' } },
    { ending: { by: 'wall-limit' } },
    { ending: expect.objectContaining({}) },
    said('more'),
    { ending: { by: 'output-limit' } },
    { code: 'TOOL_MISSING' },
    said('text'),
    { replies: ['<line>'] },
  ]);
});

test('of jobs that are killed for want of memory, none passes for one of the others', async () => {
  const hog: Job = {
    argv: ['python3', '-c', 'import os\nx = [bytearray(os.urandom(1 << 20)) for _ in range(1000)]'],
    limits,
  };
  const killed: Job = { argv: ['sh', '-c', 'kill -9 $$'], limits };
  const others: Record<number, Job> = { 4: hog, 5: killed, 6: hog, 7: hog, 8: killed, 20: killed };
  const { all } = await amongMany(others);
  const results = await all;
  const level = sandbox?.level === 'full' ? 'memory-limit' : 'exit';
  expect(Object.keys(others).map((index) => results[Number(index)])).toMatchObject(
    ['hog', 'killed', 'hog', 'hog', 'killed', 'killed'].map((kind) => ({
      ending: { by: kind === 'hog' ? level : 'signal' },
    })),
  );
  const expected = indices.map((index) => said(String(index)));
  expect(results.filter(isOther(others))).toMatchObject(expected.filter(isOther(others)));
});

test('a job can be cancelled before its turn', async () => {
  const stop = new AbortController();
  const late = new AbortController();
  const nap: Job = { argv: ['sleep', '0.3'], limits };
  const { all, results } = await amongMany(
    { 10: nap },
    { 12: stop.signal, 50: stop.signal, 55: late.signal },
  );
  await results[8];
  stop.abort();
  await results[30];
  late.abort();
  const outcome = await all;
  expect([outcome[12], outcome[50], outcome[55]]).toMatchObject(
    Array.from({ length: 3 }, () => ({ code: 'CANCELLED' })),
  );
  const others = { 10: nap, 12: nap, 50: nap, 55: nap };
  const expected = indices.map((index) => said(String(index)));
  expect(outcome.filter(isOther(others))).toMatchObject(expected.filter(isOther(others)));
});

test('a slot that is lost loses no job that it had not begun', async () => {
  const nap: Job = { argv: ['sleep', '30.25'], limits: { ...limits, wallMs: 60_000 } };
  const { all, results } = await amongMany({ 10: nap });
  await results[9];
  const sleeping = () => execFileSync('pgrep', ['-c', '-f', '^sleep 30.25'], { encoding: 'utf8' });
  for (let tries = 0; tries < 100; tries++) {
    try {
      sleeping();
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  const launcher = sandbox?.launcherPid ?? 0;
  for (const pid of execFileSync('pgrep', ['-P', String(launcher)], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean))
    process.kill(Number(pid), 'SIGKILL');
  const outcome = await all;
  expect(outcome[10]).toMatchObject({ code: 'SANDBOX_LOST' });
  const expected = indices.map((index) => said(String(index)));
  expect(outcome.filter(isOther({ 10: nap }))).toMatchObject(expected.filter(isOther({ 10: nap })));
});
