import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeTask } from '../datasets/write-task.ts';
import { assayBin, runAssay, startAssay } from './run-assay.ts';

let cwd = '';
const rowCount = 150;
let input = '';

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'assay-score-'));
  writeTask(join(cwd, 'double'));
  const completions = ['return 2 * x', 'return x', 'return', 'x +'];
  const lines = Array.from({ length: rowCount }, (_, index) => {
    if (index % 17 === 5) return '{"task": ';
    if (index % 19 === 7) return '';
    const completion = `def double(x):\n    ${completions[index % completions.length]}\n`;
    return JSON.stringify({ task: 'python/double', completion });
  });
  input = lines.join('\n');
  writeFileSync(join(cwd, 'samples.jsonl'), input);
});
afterAll(() => rmSync(cwd, { recursive: true }));

const words = (out: string, ...more: string[]) => [
  'score',
  'samples.jsonl',
  '--tasks',
  './double',
  '--out',
  out,
  ...more,
];
const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const rowsOf = (out: string, name: string) =>
  readFileSync(join(cwd, out, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).row);

/** The numbers of rows that must have a verdict, and of those that must be rejected. */
function expectedRows() {
  const lines = input.split('\n').map((line, index) => ({ row: index + 1, line }));
  return {
    verdicts: lines.filter(({ line }) => line.endsWith('}')).map(({ row }) => row),
    rejected: lines.filter(({ line }) => line !== '' && !line.endsWith('}')).map(({ row }) => row),
  };
}

const inOrder = (rows: number[]) => [...rows].sort((a, b) => a - b);

test('killed again and again, a job loses no row and counts none twice', async () => {
  const verdicts = join(cwd, 'killed/verdicts.jsonl');
  for (let kill = 0; kill < 4; kill++) {
    const before = sizeOf(verdicts);
    const child = startAssay(words('killed', '--concurrency', '2'), { cwd });
    const ended = once(child, 'close');
    // Killed once it has written something, a little later each time.
    while (sizeOf(verdicts) <= before && child.exitCode === null) await delay(5);
    await delay(kill * 7);
    child.kill('SIGKILL');
    await ended;
  }
  const last = await runAssay(words('killed', '--json'), { cwd });
  expect(last.exitCode).toBe(0);
  const { verdicts: judged, rejected } = expectedRows();
  expect(JSON.parse(last.stdout).rows).toEqual({
    lines: rowCount,
    scored: judged.length,
    noVerdict: 0,
    rejected: rejected.length,
    blank: rowCount - judged.length - rejected.length,
  });
  expect(inOrder(rowsOf('killed', 'verdicts.jsonl'))).toEqual(judged);
  expect(inOrder(rowsOf('killed', 'rejected.jsonl'))).toEqual(rejected);
});

test('Ctrl-C stops a job with exit code 130, and the same command goes on', async () => {
  const child = startAssay(words('stopped', '--concurrency', '1'), { cwd });
  const ended = once(child, 'close');
  const chunks: Buffer[] = [];
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  while (sizeOf(join(cwd, 'stopped/verdicts.jsonl')) === 0 && child.exitCode === null) await delay(5);
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(130);
  expect(Buffer.concat(chunks).toString()).toBe('error: interrupted — run the same command again to go on\n');
  const { exitCode, stdout } = await runAssay(words('stopped'), { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/150 lines: .* scored, 0 without verdict, .* rejected, .* blank\n/);
});

test('standard input is scored as a file is; another stream is refused when the job goes on', async () => {
  const stdinWords = ['score', '-', '--tasks', './double', '--out', 'piped', '--json'];
  const first = await runAssay(stdinWords, { cwd, stdin: input });
  expect(first.exitCode).toBe(0);
  const again = await runAssay(stdinWords, { cwd, stdin: input });
  expect(again.stdout).toBe(first.stdout);
  const other = await runAssay(stdinWords, { cwd, stdin: input.replace('return x', 'return y') });
  expect(other.exitCode).toBe(2);
  expect(JSON.parse(other.stdout).error.message).toMatch(/was started with another input: row 2 differs/);
  const shorter = await runAssay(stdinWords, { cwd, stdin: input.slice(0, input.indexOf('\n')) });
  expect(JSON.parse(shorter.stdout).error.message).toMatch(
    /was started with another input: it ends at row 1/,
  );
});

test('two runs do not write one folder', async () => {
  // Its input stays open, so that it is sure to run when the second one starts.
  const child = spawn(process.execPath, [assayBin, 'score', '-', '--tasks', './double', '--out', 'shared'], {
    cwd,
  });
  const ended = once(child, 'close');
  while (sizeOf(join(cwd, 'shared/run.json')) === 0 && child.exitCode === null) await delay(5);
  const second = await runAssay(words('shared'), { cwd });
  expect(second.exitCode).toBe(2);
  expect(second.stderr).toMatch(`error: shared is held by the running process ${child.pid} — wait for it`);
  child.stdin.end(input);
  expect((await ended)[0]).toBe(0);
});

test('a disk that is full ends the job with DISK_FULL; with room again it goes on', async () => {
  const verdicts = join(cwd, 'full/verdicts.jsonl');
  const child = startAssay(words('full', '--json', '--concurrency', '1'), { cwd });
  const ended = once(child, 'close');
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  while (sizeOf(verdicts) === 0 && child.exitCode === null) await delay(5);
  // A limit on the size of this one process's files stands for the disk.
  execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=1']);
  expect((await ended)[0]).toBe(3);
  expect(JSON.parse(Buffer.concat(chunks).toString()).error.code).toBe('DISK_FULL');
  const { exitCode } = await runAssay(words('full'), { cwd });
  expect(exitCode).toBe(0);
  expect(inOrder(rowsOf('full', 'verdicts.jsonl'))).toEqual(expectedRows().verdicts);
});

test('--fail-under decides between 0 and 1', async () => {
  expect((await runAssay(words('stopped', '--fail-under', '0.2'), { cwd })).exitCode).toBe(0);
  expect((await runAssay(words('stopped', '--fail-under', '0.5'), { cwd })).exitCode).toBe(1);
});
