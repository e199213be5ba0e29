import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadTasks } from '../../../../datasets/load.ts';
import { compareByProof } from '../../../../verifiers/chip/formal/equivalence.ts';
import { findTools } from '../../../../verifiers/chip/icarus/tools.ts';
import { mutantsOf } from '../../../../verifiers/chip/mutate/mutants.ts';
import { findOracle } from '../../../../verifiers/chip/reference.ts';
import { openVerifierSandbox } from '../../../../verifiers/open.ts';
import type { Sandbox } from '../../../../verifiers/sandbox/index.ts';
import { designSpecOf } from '../../../../verifiers/task.ts';
import { verify } from '../../../../verifiers/verify.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openVerifierSandbox();
});
afterAll(() => sandbox.close());

/** By cycles, by events, by edges of two clocks, on the falling edge, with memories, without a clock. */
const sample = 'arbiter debouncer two-clock-fifo shift-register stack i2c-receiver signed-comparator';
const tasks = await loadTasks(
  sample.split(' ').map((name) => `chip/${name}`),
  { cwd: tmpdir() },
);
const most = 8;

test.for(tasks)('no mutant of $id that simulation tells from it is proved equal', async (task) => {
  const spec = designSpecOf(task.verify);
  if (!spec) throw new Error('the task asks for a design');
  const tools = await findTools(sandbox);
  const { reference } = task;
  const oracle = await findOracle({ reference, spec, seed: 0, sandbox, tools });
  const proved: string[] = [];
  let told = 0;
  for (const { text, fault, line } of mutantsOf(reference, { seed: 1 })) {
    if (told === most) break;
    const verdict = await verify(task, text, { sandbox, seed: 0 });
    if (verdict.status !== 'scored') throw new Error(verdict.error.message);
    if (verdict.checks.find(({ outcome }) => outcome === 'fail')?.name !== 'simulate') continue;
    told += 1;
    const found = await compareByProof(text, { sandbox, tools, spec, reference, oracle });
    if (found.outcome === 'proved') proved.push(`line ${line}: ${fault}`);
  }
  expect({ proved, told }).toEqual({ proved: [], told: most });
});
