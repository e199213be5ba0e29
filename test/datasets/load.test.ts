import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadTasks } from '../../datasets/load.ts';
import { asAssayError } from '../../verifiers/errors.ts';
import { doubleTask, writeTask } from './write-task.ts';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'assay-load-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

/** The message an invalid task is refused with. */
async function refusal(name: string, yaml: string | Uint8Array): Promise<string> {
  writeTask(join(cwd, name), yaml);
  const error = await loadTasks(`./${name}`, { cwd }).catch(asAssayError);
  if (Array.isArray(error)) throw new Error('the task was taken for valid');
  expect(error.code).toBe('TASK_INVALID');
  return error.message;
}

test('a task comes with the texts of its files, defaults filled in', async () => {
  writeTask(join(cwd, 'whole'));
  expect(await loadTasks('./whole', { cwd })).toEqual([
    {
      id: 'python/double',
      title: 'Double a number',
      difficulty: 'easy',
      tags: [],
      source: { author: 'the tests', licence: 'Apache-2.0' },
      prompt: 'Write a Python function double(x) that returns twice x.',
      turns: 1,
      feedback: { diagnostics: true, tests: 'names' },
      verify: expect.objectContaining({ kind: 'code', language: 'python', entry: 'double' }),
      reference: 'def double(x):\n    return 2 * x\n',
      mutants: [{ name: 'adds-two.py', fault: 'adds two', text: 'def double(x):\n    return x + 2\n' }],
      completions: [
        { kind: 'right', text: 'Here it is.\n\n```python\ndef double(x):\n    return 2 * x\n```\n' },
        { kind: 'malformed', text: 'I would rather not.' },
      ],
      origin: 'whole/task.yaml',
    },
  ]);
});

test('the text of a suite may be a file of the folder', async () => {
  const suite = (fields: string) =>
    doubleTask
      .replace('mode: calls', `mode: assertions\n  suite: { framework: asserts, ${fields} }`)
      .replace(/ {2}cases:\n(?: {4}.*\n)+/, '');
  writeTask(join(cwd, 'suite'), suite('file: tests.py'));
  writeFileSync(join(cwd, 'suite/tests.py'), 'assert double(2) == 4\n');
  const [task] = await loadTasks('./suite', { cwd });
  expect(task?.verify).toMatchObject({ suite: { framework: 'asserts', text: 'assert double(2) == 4\n' } });
  expect(task?.verify).not.toHaveProperty('suite.file');
  expect(await refusal('no-suite', suite('file: none.py'))).toMatch(/verify\.suite\.file: .*none\.py/);
  expect(await refusal('outside', suite('file: ../suite/tests.py'))).toMatch(/outside the task's folder/);
  const either = /verify\.suite: needs either its "text" or a "file"/;
  expect(await refusal('both', suite('text: pass, file: tests.py'))).toMatch(either);
  expect(await refusal('neither', suite('tests: 1'))).toMatch(either);
  expect(await refusal('blank', suite('text: " "'))).toMatch(/verify\.suite: is empty/);
});

test('suites of compiled languages declare what they call, and others do not', async () => {
  const suite = (language: string, fields: string) =>
    doubleTask
      .replace('language: python', `language: ${language}`)
      .replace(
        'mode: calls',
        `mode: assertions\n  suite: { framework: main, text: "int main() {}" }\n  ${fields}`,
      )
      .replace(/ {2}cases:\n(?: {4}.*\n)+/, '');
  expect(await refusal('undeclared', suite('cpp', ''))).toMatch(/needs the "signatures" or "headers"/);
  const long = 'signatures: { double: { parameters: [list<lint>], returns: int } }';
  expect(await refusal('unknown-type', suite('cpp', long))).toMatch(
    /verify\.signatures\.double: "lint" is none of/,
  );
  expect(await refusal('setup', suite('cpp', 'setup: int x;'))).toMatch(/verify\.setup: is not for cpp/);
  expect(await refusal('declared', suite('python', 'headers: [int f()]'))).toMatch(
    /verify\.headers: is for languages whose functions have to be declared, not for Python/,
  );
});

test('tasks are found in a tree, by a folder or a file, each once, in the order asked for', async () => {
  for (const name of ['b', 'a', 'c/deep']) {
    writeTask(join(cwd, 'tree', name), doubleTask.replace('python/double', `x/${name}`));
  }
  const ids = async (selector: string | string[]) => (await loadTasks(selector, { cwd })).map(({ id }) => id);
  expect(await ids('./tree')).toEqual(['x/a', 'x/b', 'x/c/deep']);
  expect(await ids('tree')).toEqual(['x/a', 'x/b', 'x/c/deep']);
  expect(await ids('./tree/c, ./tree/a/task.yaml')).toEqual(['x/c/deep', 'x/a']);
  expect(await ids(['./tree/b', './tree'])).toEqual(['x/b', 'x/a', 'x/c/deep']);
});

test('two tasks of one id are refused with the places of both', async () => {
  writeTask(join(cwd, 'twins/a'));
  writeTask(join(cwd, 'twins/b'));
  await expect(loadTasks('./twins', { cwd })).rejects.toMatchObject({
    code: 'TASK_INVALID',
    message:
      'the id "python/double" is used by twins/a/task.yaml and by twins/b/task.yaml — give each its own id',
  });
});

test('all that is wrong with a file is told at once, each with line, column and field', async () => {
  const yaml = doubleTask
    .replace('difficulty: easy', 'difficulty: mild\ncolour: red')
    .replace(', licence: Apache-2.0', '')
    .replace('  entry: double\n', '')
    .replace('[3]', '[3.0]');
  expect(await refusal('wrong', yaml)).toBe(`5 problems in 1 task — correct them:
  wrong/task.yaml:4:1: difficulty: expected one of "easy"|"medium"|"hard"
  wrong/task.yaml:5:1: colour: is not a field of a task
  wrong/task.yaml:6:1: source.licence: is missing: expected string
  wrong/task.yaml:8:1: verify.entry: is missing: expected string
  wrong/task.yaml:13:16: 3.0 loses its point: write {$float: "3.0"}, or 3 for the whole number`);
});

test('files that are absent, outside the folder, linked outside or not text are named with their field', async () => {
  const folder = writeTask(join(cwd, 'files'));
  writeFileSync(join(cwd, 'secret.py'), 'secret');
  symlinkSync(join(cwd, 'secret.py'), join(folder, 'link.py'));
  writeFileSync(join(folder, 'bytes.py'), Uint8Array.of(0xff));
  writeFileSync(join(folder, 'huge.py'), 'x'.repeat(2 ** 20 + 1));
  mkdirSync(join(folder, 'sub'));
  const mutants = ['absent.py', '../secret.py', 'link.py', 'bytes.py', 'huge.py', 'sub', '/etc/hostname'];
  const rows = mutants.map((file) => `  - { file: ${file}, fault: none }\n`).join('');
  const message = await refusal('files', doubleTask.replace(/ {2}- { file: mutants.*\n/, rows));
  expect(message.replaceAll(cwd, '')).toBe(`7 problems in 1 task — correct them:
  files/task.yaml:17:7: mutants[0].file: /files/absent.py does not exist — check the path
  files/task.yaml:18:7: mutants[1].file: ../secret.py lies outside the task's folder — move it there
  files/task.yaml:19:7: mutants[2].file: link.py lies outside the task's folder — move it there
  files/task.yaml:20:7: mutants[3].file: /files/bytes.py is not UTF-8 text — save it as UTF-8
  files/task.yaml:21:7: mutants[4].file: /files/huge.py has 1.0 MiB — the limit is 1.0 MiB
  files/task.yaml:22:7: mutants[5].file: /files/sub is a folder — name a file
  files/task.yaml:23:7: mutants[6].file: /files/etc/hostname does not exist — check the path`);
});

const bomb = ['a: &a [x, x, x, x, x, x, x, x]']
  .concat([...'bcdefgh'].map((name, index) => `${name}: &${name} [${`*${'abcdefg'[index]}, `.repeat(8)}]`))
  .join('\n');

test.each([
  ['empty', '', '1:1: is empty'],
  ['only-comment', '# nothing\n', '1:1: is empty'],
  ['tabs', 'a:\n\tb: 1\n', '2:1: Tabs are not allowed as indentation'],
  ['twice', 'id: a\nid: b\n', '2:1: this field is given twice'],
  ['two-documents', 'id: a\n---\nid: b\n', '2:1: a second document starts: keep one task in a file'],
  ['tag', 'id: !secret a\n', '1:5: Unresolved tag: !secret'],
  ['bomb', bomb, '1:1: has too many aliases'],
  ['depths', '['.repeat(20_000), /^1:\d+: is nested too deeply$/],
  ['list', '- a\n', '1:1: expected object, received array'],
])('a file that is %s is refused in plain words', async (name, yaml, expected) => {
  const message = await refusal(name, yaml);
  const line = message.replace(`1 problem in 1 task — correct them:\n  ${name}/task.yaml:`, '');
  expect(line).toMatch(expected);
});

test('a file that is not UTF-8 or huge is refused', async () => {
  expect(await refusal('latin', Uint8Array.of(0x61, 0xe9))).toMatch(/is not UTF-8 text/);
  expect(await refusal('large', '#'.repeat(4 * 2 ** 20 + 1))).toMatch(/has 4\.0 MiB — the limit is 4\.0 MiB/);
});

test('a code task may have no reference, a frame, and the name that a public set gave it', async () => {
  const named = doubleTask.replace('python/double', '"1000_A. Codehorses T-shirts"');
  const framed = `${named.replace(/^reference.*$/m, '')}frame: { before: "import math" }\n`;
  const [task] = await loadTasks(writeTask(join(cwd, 'public'), framed), { cwd });
  expect(task).toMatchObject({
    id: '1000_A. Codehorses T-shirts',
    reference: '',
    frame: { before: 'import math', after: '' },
  });
  expect(await refusal('nameless', doubleTask.replace('python/double', '"a\\nb"'))).toMatch(
    /id: a name of at most/,
  );
});

test('a folder without tasks, an unknown name, path or format, and no word at all are refused', async () => {
  mkdirSync(join(cwd, 'bare'));
  const codeOf = (selector: string) => loadTasks(selector, { cwd }).catch((error) => error.code);
  expect(await codeOf('./bare')).toBe('TASK_NOT_FOUND');
  expect(await codeOf('no-such-task')).toBe('TASK_NOT_FOUND');
  expect(await codeOf('./absent')).toBe('FILE_UNREADABLE');
  expect(await codeOf('no-such-format:x')).toBe('FORMAT_UNKNOWN');
  expect(await codeOf(' , ')).toBe('USAGE');
  await expect(loadTasks('no-such-format:x', { cwd })).rejects.toThrow(/the formats are: assay-jsonl/);
});

test('assay-jsonl holds a task a line, plain or gzipped, and names the lines that are wrong', async () => {
  const [task] = await loadTasks(writeTask(join(cwd, 'one')));
  const { origin: _, reference, ...rest } = task ?? expect.fail('no task was loaded');
  const row = { schema: 1, ...rest, reference: { text: reference } };
  const good = `${JSON.stringify(row)}\n\n${JSON.stringify({ ...row, id: 'python/other' })}\n`;
  writeFileSync(join(cwd, 'good.jsonl.gz'), gzipSync(good));
  const loaded = await loadTasks('assay-jsonl:good.jsonl.gz', { cwd });
  expect(loaded).toEqual([
    { ...task, origin: 'good.jsonl.gz:1' },
    { ...task, id: 'python/other', origin: 'good.jsonl.gz:3' },
  ]);
  writeFileSync(join(cwd, 'bad.jsonl'), `${good}{"id":\n${JSON.stringify({ ...row, title: 3 })}\n`);
  await expect(loadTasks('assay-jsonl:bad.jsonl', { cwd })).rejects.toThrow(
    /^2 problems in 2 tasks — correct them:\n {2}bad\.jsonl:4: .*JSON.*\n {2}bad\.jsonl:5: title: expected string/,
  );
});
