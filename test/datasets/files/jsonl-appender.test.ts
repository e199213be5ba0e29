import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { JsonlAppender } from '../../../datasets/files/jsonl-appender.ts';
import { readJsonl } from '../../../datasets/files/read-jsonl.ts';
import { packageRoot } from '../../../verifiers/paths.ts';
import { collect } from '../collect.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-jsonl-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const rowsOf = async (path: string) => (await collect(readJsonl(path))).map(({ value }) => value);

test('rows appended at once are all there, in order', async () => {
  const path = join(folder, 'order.jsonl');
  const file = await JsonlAppender.open(path);
  await Promise.all(Array.from({ length: 1000 }, (_, id) => file.append({ id })));
  await file.close();
  expect(await rowsOf(path)).toEqual(Array.from({ length: 1000 }, (_, id) => ({ id })));
});

test('after a cut at any byte, the whole rows stay and appending goes on behind them', async () => {
  const rows = [{ id: 1, text: 'é\n"' }, { id: 2, text: 'x'.repeat(100_000) }, { id: 3 }];
  const whole = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const path = join(folder, 'torn.jsonl');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (cut) => {
      const kept = whole.subarray(0, cut);
      const keptRows = kept.toString('latin1').split('\n').length - 1;
      writeFileSync(path, kept);
      const file = await JsonlAppender.open(path);
      await file.append({ id: 4 });
      await file.close();
      expect(file.cutBytes).toBe(cut - (kept.lastIndexOf('\n') + 1));
      expect(await rowsOf(path)).toEqual([...rows.slice(0, keptRows), { id: 4 }]);
    }),
  );
});

test('a file that cannot grow ends in DISK_FULL and holds whole rows only', () => {
  const path = join(folder, 'full.jsonl');
  const program = `
    const { JsonlAppender } = await import(${JSON.stringify(join(packageRoot, 'dist/datasets/files/jsonl-appender.js'))});
    const file = await JsonlAppender.open(${JSON.stringify(path)});
    let written = 0;
    try { for (;;) { await file.append({ id: written, text: 'x'.repeat(300) }); written++; } }
    catch (error) { console.log(JSON.stringify({ code: error.code, message: error.message, written })); }`;
  const limited = ['-c', 'ulimit -f 4; exec "$0" --input-type=module -e "$1"', process.execPath, program];
  const answer = JSON.parse(execFileSync('bash', limited, { encoding: 'utf8' }));
  const lines = readFileSync(path, 'utf8').split('\n');
  expect(answer).toEqual({
    code: 'DISK_FULL',
    message: `${path} cannot grow: the file size limit is reached — raise it (ulimit -f), then resume`,
    written: lines.length - 1,
  });
  expect(lines.at(-1)).toBe('');
});

test('a row that another hand has damaged is named by its line', async () => {
  const path = join(folder, 'damaged.jsonl');
  writeFileSync(path, '{"id":1}\n{"id":\n{"id":3}\n');
  await expect(rowsOf(path)).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
    message: `${path}:2: this line is not a row of ours — restore the file, or start over with --fresh`,
  });
});

test('a file that is not there has no rows', async () => {
  expect(await rowsOf(join(folder, 'absent.jsonl'))).toEqual([]);
});
