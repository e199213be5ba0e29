import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAdmissible } from '../../datasets/admission/admission-task.ts';
import { admitTask } from '../../datasets/admission/admit-task.ts';
import { loadTasks } from '../../datasets/load.ts';
import { openVerifierSandbox } from '../../verifiers/open.ts';
import type { Sandbox } from '../../verifiers/sandbox/index.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openVerifierSandbox();
});
afterAll(() => sandbox.close());

/** One of each kind, and some that were hard to prove. */
const sample = 'arbiter content-memory two-clock-fifo shrink-shared-adder same-wheel test-pulse-stretcher'
  .split(' ')
  .map((name) => `chip/${name}`);

test.for(sample)('%s is admitted again, with one of its instances', async (id) => {
  const [task] = (await loadTasks(id)).filter(isAdmissible);
  if (!task) throw new Error(`${id} is not shipped`);
  const instances = (await loadTasks(`${id}@1`)).filter(isAdmissible);
  const { admitted, findings } = await admitTask(task, { sandbox, mutants: 25, instances });
  expect({ admitted, refused: findings.filter(({ outcome }) => outcome === 'fail') }).toEqual({
    admitted: true,
    refused: [],
  });
});
