import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTasks } from '../../datasets/load.ts';
import type { Task } from '../../datasets/task.ts';
import { languageNames } from '../../verifiers/code/languages/index.ts';
import { openVerifierSandbox } from '../../verifiers/open.ts';
import type { Sandbox } from '../../verifiers/sandbox/sandbox.ts';
import { verify } from '../../verifiers/verify.ts';

const tasks = await loadTasks('python/*,javascript/*,typescript/*,c/*,cpp/*,go/*,rust/*,java/*,bash/*', {
  cwd: tmpdir(),
});

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openVerifierSandbox();
});
afterAll(() => sandbox.close());

type Answer = { name: string; text: string };

/** The names of the answers that pass. An answer without a verdict is a fault and throws. */
async function passing(task: Task, answers: Answer[]): Promise<string[]> {
  const judged = await Promise.all(
    answers.map(async ({ name, text }) => ((await passes(task, text)) ? [name] : [])),
  );
  return judged.flat();
}

async function passes(task: Task, text: string): Promise<boolean> {
  const verdict = await verify(task, text, { sandbox });
  if (verdict.status === 'no-verdict') throw new Error(`${task.id}: no verdict, ${verdict.error.message}`);
  return verdict.passed;
}

/** Recorded completions by their place in the task, since they have no names. */
function completionsOf(task: Task, right: boolean): Answer[] {
  return task.completions
    .map(({ kind, text }, index) => ({ name: `completion ${index + 1} (${kind})`, text, kind }))
    .filter(({ kind }) => (kind === 'right') === right);
}

test('there are tasks in each language, at least five in those of the first version, all ours', () => {
  const counts = new Map<string, number>();
  for (const task of tasks) counts.set(task.verify.language, (counts.get(task.verify.language) ?? 0) + 1);
  expect([...counts.keys()].sort()).toEqual(languageNames);
  const first = ['javascript', 'python', 'typescript'].map((language) => counts.get(language) ?? 0);
  expect(Math.min(...first)).toBeGreaterThanOrEqual(5);
  expect(new Set(tasks.map(({ source }) => `${source.author}, ${source.licence}`))).toEqual(
    new Set(['Assay authors, Apache-2.0']),
  );
});

describe.for(tasks)('$id', (task) => {
  test('has enough mutants and recorded completions of each kind', () => {
    const count = (kind: string) => task.completions.filter((completion) => completion.kind === kind).length;
    expect(task.mutants.length).toBeGreaterThanOrEqual(4);
    for (const kind of ['right', 'wrong', 'malformed', 'hacking'])
      expect(count(kind)).toBeGreaterThanOrEqual(1);
  });

  test('its reference and every right completion pass', async () => {
    const answers = [{ name: 'reference', text: task.reference }, ...completionsOf(task, true)];
    expect(await passing(task, answers)).toEqual(answers.map(({ name }) => name));
  });

  test('the empty answer, every mutant and every other completion fail', async () => {
    const answers = [{ name: 'empty', text: '' }, ...task.mutants, ...completionsOf(task, false)];
    expect(await passing(task, answers)).toEqual([]);
  });
});
