import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgeChip } from '../../../verifiers/chip/verify-chip.ts';
import { asAssayError } from '../../../verifiers/errors.ts';
import { openVerifierSandbox } from '../../../verifiers/open.ts';
import type { SandboxHost } from '../../../verifiers/sandbox/index.ts';
import { failure } from './chip-task.ts';
import {
  type ChipTask,
  constantDesign,
  taskOfReference,
  variants,
  verilogEvalReferences,
} from './verilog-eval.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(() => sandbox.close());

/** References that an installed simulator may be unable to compile: both cast to an enum, which Icarus 11 lacks. */
const mayBeUnsupported = ['Prob151_review2015_fsm', 'Prob156_review2015_fancytimer'];

/** Tasks that ask for a constant, which is then the right answer. */
const constants = { '0': ['Prob001_zero', 'Prob002_m2014_q4i'], '1': ['Prob003_step_one'] };

/** What became of a candidate: 'passed', the check that failed, or the code of the task's fault. */
async function outcome(task: ChipTask, candidate: string): Promise<string> {
  try {
    const input = { task, spec: task.verify, candidate, seed: 1, sandbox };
    const { checks, passed, reward } = await judgeChip(input);
    return passed && reward === 1 ? 'passed' : (failure(checks) ?? 'unclear');
  } catch (thrown) {
    const { code, message } = asAssayError(thrown);
    return `${code} ${message}`;
  }
}

async function outcomes(
  tasks: ChipTask[],
  candidateOf: (task: ChipTask) => string,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const queue = [...tasks];
  const work = async () => {
    for (let task = queue.shift(); task; task = queue.shift())
      found.set(task.id, await outcome(task, candidateOf(task)));
  };
  await Promise.all([work(), work()]);
  return found;
}

const namesWhere = (found: Map<string, string>, holds: (outcome: string) => boolean) =>
  [...found].filter(([, outcome]) => holds(outcome)).map(([id]) => id.replace('verilog-eval/', ''));

describe.each(variants)('VerilogEval %s (skipped where the data is absent)', (variant) => {
  const tasks = verilogEvalReferences(variant).map(({ name, text }) => taskOfReference(name, text));
  const there = test.skipIf(tasks.length === 0);

  there('every reference that the simulator can compile passes itself', async () => {
    const found = await outcomes(tasks, ({ reference }) => reference);
    const rejected = [...found].filter(([, outcome]) => outcome !== 'passed');
    const unexplained = rejected.filter(
      ([id, outcome]) =>
        !(mayBeUnsupported.some((name) => id.endsWith(name)) && /TASK_REFERENCE_FAILED.*cast/.test(outcome)),
    );
    expect(unexplained).toEqual([]);
  });

  there.each(['0', '1', 'x'] as const)('the design whose outputs are all %s fails', async (digit) => {
    const found = await outcomes(tasks, (task) => constantDesign(task, digit));
    const right: string[] = digit === 'x' ? [] : constants[digit];
    expect(namesWhere(found, (outcome) => outcome === 'passed').sort()).toEqual(right);
  });
});
