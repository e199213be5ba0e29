import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadTasks } from '../../datasets/load.ts';
import { type ScoreOptions, type ScoreSummary, scoreSamples } from '../../datasets/score.ts';
import type { Task } from '../../datasets/task.ts';
import { openVerifierSandbox } from '../../verifiers/open.ts';
import type { Sandbox } from '../../verifiers/sandbox/index.ts';
import { doubleTask, writeTask } from './write-task.ts';

let folder = '';
let tasks: Task[] = [];
let sandbox: Sandbox;
let jobs = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-score-'));
  writeTask(join(folder, 'tasks/double'));
  writeTask(join(folder, 'tasks/other'), doubleTask.replace('python/double', 'python/other'));
  tasks = await loadTasks('./tasks', { cwd: folder });
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

const right = 'def double(x):\n    return 2 * x\n';
const half = 'def double(x):\n    return 6\n';
const wrong = 'def double(x):\n    return x\n';

/** One line of each kind that an input may hold. */
const kinds: (string | Buffer)[] = [
  JSON.stringify({ task: 'python/double', completion: right }),
  JSON.stringify({ task_id: 'python/double', completion: half, model: 'a', sample: 3 }),
  '',
  JSON.stringify({ task: 'python/other', completion: wrong }),
  '{"task": "python/double", "comple',
  Buffer.from([0x7b, 0xff, 0x7d]),
  JSON.stringify({ task: 'python/unknown', completion: right }),
  JSON.stringify(['python/double', right]),
  JSON.stringify({ task: 'python/double' }),
  JSON.stringify({ completion: right }),
  '   ',
  JSON.stringify({ task: 'python/other', completion: '' }),
];
const linesOf = (items: (string | Buffer)[]) =>
  Buffer.concat(items.flatMap((item) => [Buffer.from(item), Buffer.from('\n')]));

function inputOf(bytes: Uint8Array, name = `input-${++jobs}.jsonl`): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

function score(input: string, out: string, options: Partial<ScoreOptions> = {}): Promise<ScoreSummary> {
  return scoreSamples({ input, out, tasks, sandbox, ...options });
}

const rowsOf = (out: string, name: string) =>
  readFileSync(join(out, name), 'utf8')
    .trimEnd()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** The rows of a file by number, without what verdicts cost. */
function contentOf(out: string, name: string) {
  const rows = rowsOf(out, name).sort((a, b) => a.row - b.row);
  for (const { verdict } of rows) if (verdict) delete verdict.usage;
  return rows;
}

test('every line ends as a verdict, a rejection with its reason, or blank', async () => {
  const out = join(folder, `out-${++jobs}`);
  const summary = await score(inputOf(linesOf(kinds)), out);
  expect(summary.rows).toEqual({ lines: 12, scored: 4, noVerdict: 0, rejected: 6, blank: 2 });
  expect(summary.rejected).toEqual({ 'not-json': 1, 'not-utf8': 1, 'unknown-task': 1, 'not-a-sample': 3 });
  expect(contentOf(out, 'rejected.jsonl')).toEqual([
    { row: 5, reason: 'not-json', message: expect.any(String), head: '{"task": "python/double", "comple' },
    { row: 6, reason: 'not-utf8', message: 'the line is not UTF-8', head: '{\uFFFD}' },
    {
      row: 7,
      reason: 'unknown-task',
      message: '"python/unknown" is not among the tasks',
      head: expect.any(String),
    },
    { row: 8, reason: 'not-a-sample', message: 'the row is not an object', head: expect.any(String) },
    { row: 9, reason: 'not-a-sample', message: 'the row has no text "completion"', head: expect.any(String) },
    {
      row: 10,
      reason: 'not-a-sample',
      message: 'the row has no text "task" or "task_id"',
      head: expect.any(String),
    },
  ]);
  const verdicts = contentOf(out, 'verdicts.jsonl');
  expect(verdicts.map(({ row, task, extra, verdict }) => [row, task, verdict.passed, extra])).toEqual([
    [1, 'python/double', true, undefined],
    [2, 'python/double', false, { model: 'a', sample: 3 }],
    [4, 'python/other', false, undefined],
    [12, 'python/other', false, undefined],
  ]);
});

test('the summary has the rates of each task and means over the tasks', async () => {
  const out = join(folder, `out-${++jobs}`);
  const samples = [right, wrong, right, wrong, half, ''].map((completion) => ({
    task: 'python/double',
    completion,
  }));
  const rows = [...samples, { task: 'python/other', completion: right }].map((row) => JSON.stringify(row));
  const summary = await score(inputOf(linesOf(rows)), out, { samplesPerTask: 6 });
  expect(summary).toEqual({
    rows: { lines: 7, scored: 7, noVerdict: 0, rejected: 0, blank: 0 },
    passed: 3,
    meanReward: 3 / 7,
    passAtK: { 1: expect.closeTo(4 / 6, 12) },
    noVerdicts: { blame: {}, code: {} },
    rejected: {},
    unexpectedSamples: { 'python/other': 1 },
    tasks: {
      'python/double': {
        samples: 6,
        scored: 6,
        passed: 2,
        meanReward: 2 / 6,
        passAtK: { 1: expect.closeTo(2 / 6, 12), 5: 1 },
        failedAt: { tests: 3, extract: 1 },
        noVerdicts: { blame: {}, code: {} },
      },
      'python/other': {
        samples: 1,
        scored: 1,
        passed: 1,
        meanReward: 1,
        passAtK: { 1: 1 },
        failedAt: {},
        noVerdicts: { blame: {}, code: {} },
      },
    },
  });
  expect(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'))).toEqual(summary);
});

test('torn at any byte, the files of a job end the same as if it had never stopped', async () => {
  const input = inputOf(linesOf([...kinds, ...kinds, ...kinds]));
  const whole = join(folder, `out-${++jobs}`);
  const expected = await score(input, whole);
  const bytes = ['verdicts.jsonl', 'rejected.jsonl'].map((name) => readFileSync(join(whole, name)).length);
  const [verdictBytes = 0, rejectedBytes = 0] = bytes;
  const cuts = fc.tuple(
    fc.integer({ min: 0, max: verdictBytes }),
    fc.integer({ min: 0, max: rejectedBytes }),
  );
  const out = join(folder, `out-${++jobs}`);
  await score(input, out);
  await fc.assert(
    fc.asyncProperty(cuts, async ([verdictCut, rejectedCut]) => {
      truncateSync(join(out, 'verdicts.jsonl'), verdictCut);
      truncateSync(join(out, 'rejected.jsonl'), rejectedCut);
      expect(await score(input, out)).toEqual(expected);
      for (const name of ['verdicts.jsonl', 'rejected.jsonl']) {
        expect(contentOf(out, name)).toEqual(contentOf(whole, name));
      }
    }),
    { numRuns: 12 },
  );
});

test('a gzipped input gives what the plain one gives; one that is cut short is refused before anything is judged', async () => {
  const packed = gzipSync(linesOf(kinds));
  const out = join(folder, `out-${++jobs}`);
  const summary = await score(inputOf(packed, 'packed.jsonl.gz'), out);
  expect(summary.rows).toEqual({ lines: 12, scored: 4, noVerdict: 0, rejected: 6, blank: 2 });
  const torn = inputOf(packed.subarray(0, packed.length - 9), 'torn.jsonl.gz');
  await expect(score(torn, join(folder, `out-${++jobs}`))).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    message: expect.stringMatching(/torn\.jsonl\.gz cannot be unpacked: .* — fetch or pack it again$/),
  });
});

test('an empty input is a job without rows', async () => {
  const summary = await score(inputOf(Buffer.alloc(0)), join(folder, `out-${++jobs}`));
  expect(summary.rows).toEqual({ lines: 0, scored: 0, noVerdict: 0, rejected: 0, blank: 0 });
  expect(summary.passAtK).toEqual({});
  expect(summary.meanReward).toBeNull();
});

test('a job is not gone on with under another input, other tasks or another seed, unless afresh', async () => {
  const input = inputOf(linesOf(kinds));
  const out = join(folder, `out-${++jobs}`);
  await score(input, out);
  const refused = (what: string) => ({
    code: 'USAGE',
    message: `${out} was started with another ${what} — name another --out, or start over with --fresh`,
  });
  const other = inputOf(linesOf([...kinds, '']));
  await expect(score(other, out)).rejects.toMatchObject(refused('input'));
  await expect(score(input, out, { seed: 1 })).rejects.toMatchObject(refused('seed'));
  const fewer = { tasks: tasks.slice(1) };
  await expect(score(input, out, fewer)).rejects.toMatchObject(refused('selection or content of tasks'));
  const summary = await score(other, out, { fresh: true });
  expect(summary.rows).toEqual({ lines: 13, scored: 4, noVerdict: 0, rejected: 6, blank: 3 });
});

test('results of another command are never overwritten, and strays are not taken for ours', async () => {
  const input = inputOf(linesOf(kinds));
  const out = join(folder, `out-${++jobs}`);
  await score(input, out);
  writeFileSync(join(out, 'run.json'), '{"schema": 1}');
  await expect(score(input, out, { fresh: true })).rejects.toMatchObject({ code: 'USAGE' });
  rmSync(join(out, 'run.json'));
  await expect(score(input, out)).rejects.toMatchObject({ code: 'USAGE' });
});

test('a file of results that was damaged is named with its line', async () => {
  const input = inputOf(linesOf(kinds));
  const out = join(folder, `out-${++jobs}`);
  await score(input, out);
  writeFileSync(join(out, 'verdicts.jsonl'), '{"row": 1}\n');
  await expect(score(input, out)).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    message: expect.stringMatching(/verdicts\.jsonl:1: this line is not a row of ours/),
  });
});

test('a machine that fails stops the job, and its rows are judged again when it is mended', async () => {
  const input = inputOf(linesOf(Array.from({ length: 130 }, () => kinds[0] ?? '')));
  const out = join(folder, `out-${++jobs}`);
  const broken = await openVerifierSandbox({ slots: 1 });
  await broken.close();
  await expect(score(input, out, { sandbox: broken })).rejects.toThrow(
    /^100 rows in a row got no verdict, the last because .* — mend that/,
  );
  const summary = await score(input, out);
  expect(summary.rows).toEqual({ lines: 130, scored: 130, noVerdict: 0, rejected: 0, blank: 0 });
  const attempts = rowsOf(out, 'verdicts.jsonl').filter(({ row }) => row === 1);
  expect(attempts.map(({ verdict }) => [verdict.status, verdict.attempt])).toEqual([
    ['no-verdict', 2],
    ['scored', 3],
  ]);
});

test('a job that is cancelled says so and can be gone on with', async () => {
  const input = inputOf(linesOf(Array.from({ length: 200 }, () => kinds[0] ?? '')));
  const out = join(folder, `out-${++jobs}`);
  const controller = new AbortController();
  const onProgress = ({ done }: { done: number }) => done === 20 && controller.abort();
  const stopped = score(input, out, {
    signal: controller.signal,
    onProgress: (state) => void onProgress(state),
  });
  await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
  expect((await score(input, out)).rows).toEqual({
    lines: 200,
    scored: 200,
    noVerdict: 0,
    rejected: 0,
    blank: 0,
  });
  expect(rowsOf(out, 'verdicts.jsonl')).toHaveLength(200);
});

test('a line of many megabytes is rejected by its head, and the next is judged', async () => {
  const huge = JSON.stringify({ task: 'python/double', completion: 'x'.repeat(17 * 2 ** 20) });
  const out = join(folder, `out-${++jobs}`);
  const summary = await score(inputOf(linesOf([huge, kinds[0] ?? ''])), out);
  expect(summary.rows).toEqual({ lines: 2, scored: 1, noVerdict: 0, rejected: 1, blank: 0 });
  expect(rowsOf(out, 'rejected.jsonl')).toEqual([
    { row: 1, reason: 'too-long', message: 'the line is longer than 16 MiB', head: huge.slice(0, 200) },
  ]);
});
