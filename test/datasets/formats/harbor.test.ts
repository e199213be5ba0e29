import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportTasks } from '../../../datasets/convert/export-tasks.ts';
import { loadTasks } from '../../../datasets/load.ts';
import type { Task } from '../../../datasets/task.ts';
import { packageRoot } from '../../../verifiers/paths.ts';
import { sampleTask } from '../../envs/sample-tasks.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-harbor-'));
});
afterAll(() => rmSync(root, { recursive: true }));

test('tasks are written as folders of Harbor that load again, and foreign folders are told', async () => {
  const out = join(root, 'harbor');
  const tasks = [sampleTask(), ...(await loadTasks('chip/counter'))];
  expect(await exportTasks({ format: 'harbor', tasks, out })).toEqual({ written: 2, refused: 0 });
  const folder = join(out, 'sample-double');
  expect(readFileSync(join(folder, 'instruction.md'), 'utf8')).toMatch(
    /^Write a Python function.*\n\n.*`\/app\/answer\.py`/,
  );
  expect(readFileSync(join(folder, 'task.toml'), 'utf8')).toContain('assay_id = "sample/double"');
  const again = await loadTasks(`harbor:${out}`);
  expect(again.map(({ id }) => id).sort()).toEqual(['chip/counter', 'sample/double']);

  mkdirSync(join(out, 'other'));
  for (const name of ['task.toml', 'instruction.md']) writeFileSync(join(out, 'other', name), 'x');
  const problems: string[] = [];
  expect(await loadTasks(`harbor:${out}`, { onProblems: (found) => problems.push(...found) })).toHaveLength(
    2,
  );
  expect(problems).toEqual([expect.stringMatching(/other: it has no tests\/test.sh/)]);
});

test('the solution script writes the reference, and the scripts are sound', async () => {
  const out = join(root, 'scripts');
  const reference = 'x = """\nEND\n$(touch x) é\n"""\n';
  await exportTasks({ format: 'harbor', tasks: [sampleTask({ reference })], out });
  const folder = join(out, 'sample-double');
  const answer = join(root, 'answer.py');
  const script = readFileSync(join(folder, 'solution/solve.sh'), 'utf8').replace('/app/answer.py', answer);
  execFileSync('bash', ['-c', script]);
  expect(readFileSync(answer, 'utf8')).toBe(reference);
  execFileSync('bash', ['-n', join(folder, 'tests/test.sh')]);
});

const ofEachMode = [
  'chip/counter',
  'chip/complete-moving-sum',
  'chip/debug-watchdog',
  'chip/modify-alu',
  'chip/shrink-divider-of-ticks',
  'chip/test-sorter',
  'chip/same-detector',
];

test('chip tasks of every mode come back as they were, each with a file for what its answer is', async () => {
  const out = join(root, 'modes');
  const tasks = await loadTasks(ofEachMode);
  expect(await exportTasks({ format: 'harbor', tasks, out })).toMatchObject({ written: ofEachMode.length });
  const told = ({ id, verify, reference, prompt, rubric, tags }: Task) => {
    return { id, verify, reference, prompt, rubric, tags };
  };
  expect((await loadTasks(`harbor:${out}`)).map(told)).toEqual(
    tasks.map(told).sort((a, b) => a.id.localeCompare(b.id)),
  );
  const asked = ofEachMode.map((id) => {
    const folder = join(out, id.replace('/', '-'));
    expect(readFileSync(join(folder, 'task.toml'), 'utf8')).toContain('category = "hardware"');
    return /`\/app\/(answer\.\w+)`/.exec(readFileSync(join(folder, 'instruction.md'), 'utf8'))?.[1];
  });
  expect(asked).toEqual(['sv', 'v', 'sv', 'sv', 'sv', 'sv', 'txt'].map((ending) => `answer.${ending}`));
});

test('the test script judges what it finds: the solution, a mutant, nothing at all', async () => {
  const out = join(root, 'judged');
  const tasks = await loadTasks('chip/counter');
  await exportTasks({ format: 'harbor', tasks, out });
  const folder = join(out, 'chip-counter');
  const [app, logs] = [join(root, 'app'), join(root, 'logs')];
  mkdirSync(app);
  const places = {
    '/app/': `${app}/`,
    '/logs/': `${logs}/`,
    '/tests/': `${folder}/tests/`,
    '/assay/': `${packageRoot}/`,
  };
  const run = (name: string) => {
    const text = Object.entries(places).reduce(
      (script, [from, to]) => script.replaceAll(from, to),
      readFileSync(join(folder, name), 'utf8'),
    );
    execFileSync('bash', ['-c', text], { stdio: 'pipe' });
  };
  const judged = () => {
    rmSync(logs, { recursive: true, force: true });
    run('tests/test.sh');
    return JSON.parse(readFileSync(join(logs, 'verifier/reward.json'), 'utf8'));
  };
  expect(judged()).toEqual({ reward: 0 });
  run('solution/solve.sh');
  expect(judged()).toEqual({ reward: 1 });
  writeFileSync(join(app, 'answer.sv'), tasks[0]?.mutants[0]?.text ?? '');
  expect(judged()).toEqual({ reward: 0 });
});
