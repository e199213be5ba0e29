import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../verifiers/paths.ts';
import { doubleTask, writeTask } from '../datasets/write-task.ts';
import { runAssay } from './run-assay.ts';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'assay-tasks-'));
  writeTask(join(cwd, 'tasks/double'));
  const fails = doubleTask.replace('python/double', 'python/fails').replace('returns: 6', 'returns: 7');
  writeTask(join(cwd, 'unsound'), fails);
});
afterAll(() => rmSync(cwd, { recursive: true }));

test('list shows the tasks of a selection, for people and as JSON', async () => {
  expect(await runAssay(['tasks', 'list', '--tasks', './tasks'], { cwd })).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: `id             language  difficulty  title
python/double  python    easy        Double a number
1 tasks
`,
  });
  const { stdout } = await runAssay(
    ['tasks', 'list', '--tasks', './tasks', '--tasks', './unsound', '--json'],
    { cwd },
  );
  expect(JSON.parse(stdout).tasks.map(({ id }: { id: string }) => id)).toEqual([
    'python/double',
    'python/fails',
  ]);
});

test('list without a selection shows the shipped tasks', async () => {
  const { exitCode, stdout } = await runAssay(['tasks', 'list']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^chip\/\S+ +(system)?verilog /m);
  expect(stdout).toMatch(/^python\/\S+ +python /m);
});

test('show keeps cases, reference and mutants hidden unless they are asked for', async () => {
  const open = await runAssay(['tasks', 'show', './tasks'], { cwd });
  expect(open.exitCode).toBe(0);
  expect(open.stdout).toContain('Write a Python function double(x)');
  expect(open.stdout).toMatch(/^tests +2 hidden cases$/m);
  expect(open.stdout).not.toMatch(/returns:|"returns"|adds two|2 \* x/);
  const openJson = await runAssay(['tasks', 'show', './tasks', '--json'], { cwd });
  expect(openJson.stdout).not.toMatch(/"returns"|adds two|2 \* x/);
  const revealed = await runAssay(['tasks', 'show', './tasks', '--reveal'], { cwd });
  expect(revealed.stdout).toContain('{"args":[3],"returns":6}');
  expect(revealed.stdout).toContain('return 2 * x');
  expect(revealed.stdout).toContain('adds-two.py: adds two');
});

test('show tells the ports of a design', async () => {
  const { stdout } = await runAssay(['tasks', 'show', 'chip/counter']);
  expect(stdout).toMatch(/^port +direction +width +role$/m);
  expect(stdout).toMatch(/^clk +input +1 +clock, posedge$/m);
  expect(stdout).not.toMatch(/stimulus/);
});

test('check proves a sound task with 0, and tells what is wrong with another with 1', async () => {
  const sound = await runAssay(['tasks', 'check', './tasks', '--json'], { cwd });
  expect(sound.exitCode).toBe(0);
  expect(JSON.parse(sound.stdout)).toMatchObject({
    passed: true,
    tasks: [{ task: 'python/double', passed: true }],
  });
  const unsound = await runAssay(['tasks', 'check', './tasks', './unsound'], { cwd });
  expect(unsound.exitCode).toBe(1);
  expect(unsound.stdout).toBe(`task           reference  hollow  mutants  completions  limits  result
python/double  2/2        2/2     2/2      2/2          1/1     proved
python/fails   0/2        2/2     2/2      1/2          1/1     NOT PROVED

python/fails
  reference, seed 0: must pass, but fails at tests, case 1
  reference, seed 1: must pass, but fails at tests, case 1
  completion 1 (right), seed 0: must pass, but fails at tests, case 1

1 of 2 tasks are proved
`);
});

test('an invalid task ends with 2 and names file, line and field', async () => {
  writeTask(join(cwd, 'invalid'), doubleTask.replace('easy', 'mild'));
  expect(await runAssay(['tasks', 'check', './invalid'], { cwd })).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `error: 1 problem in 1 task — correct them:
  invalid/task.yaml:4:1: difficulty: expected one of "easy"|"medium"|"hard"
`,
  });
});

test('schema prints the published JSON Schema', async () => {
  const { stdout } = await runAssay(['tasks', 'schema']);
  const published = readFileSync(join(packageRoot, 'datasets/task.schema.json'), 'utf8');
  expect(JSON.parse(stdout)).toEqual(JSON.parse(published));
});
