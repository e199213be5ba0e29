import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTasks } from '../../../datasets/load.ts';
import type { Task } from '../../../datasets/task.ts';
import { openVerifierSandbox } from '../../../verifiers/open.ts';
import type { Sandbox } from '../../../verifiers/sandbox/index.ts';
import { verify } from '../../../verifiers/verify.ts';
import { cpp } from './multipl-e-solutions/cpp.ts';
import { go } from './multipl-e-solutions/go.ts';
import { java } from './multipl-e-solutions/java.ts';
import { rs } from './multipl-e-solutions/rs.ts';
import type { Solutions } from './multipl-e-solutions/solutions.ts';
import { publicData } from './public-data.ts';

const languages = Object.entries({ cpp, go, java, rs }).map(([language, solutions]) => ({
  language,
  solutions,
  path: publicData(`multipl-e/humaneval-${language}.jsonl.gz`),
}));

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
}, 120_000);
afterAll(() => sandbox?.close());

describe.each(languages)('the published MultiPL-E in $language', ({ path, solutions }) => {
  it.skipIf(!path)('passes a solution of ours and fails a wrong one, for 25 problems and more', async () => {
    const tasks = await loadTasks(`multipl-e:${path}`);
    const entries = Object.entries(solutions);
    expect(entries.length).toBeGreaterThanOrEqual(25);
    const faults = await Promise.all(
      entries.map(([number, solution]) => {
        const task = tasks.find(({ id }) => id.startsWith(`HumanEval_${number}_`));
        return task ? faultsOf(task, solution) : [`no task ${number}`];
      }),
    );
    expect(faults.flat()).toEqual([]);
  });
});

/** The answers that were not judged as they should be: what follows the prompt, and a wrong whole solution. */
async function faultsOf(task: Task, [right, part, instead]: Solutions[number]): Promise<string[]> {
  expect(right, task.id).toContain(part);
  const wrong = right.replace(part, () => instead);
  const before = task.frame?.stub?.before ?? '';
  const answers = [
    { answer: `  ${right}\n`, passed: true },
    { answer: `${before}  ${wrong}\n}`, passed: false },
  ];
  const judged = await Promise.all(
    answers.map(async ({ answer, passed }) => {
      const verdict = await verify(task, answer, { sandbox });
      const { name } = verdict.checks.at(-1) ?? {};
      if (verdict.status === 'scored' && verdict.passed === passed && name === 'tests') return [];
      return [`${task.id}: ${JSON.stringify(verdict)}\n${answer}`];
    }),
  );
  return judged.flat();
}
