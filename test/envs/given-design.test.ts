import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTasks } from '../../datasets/load.ts';
import type { Task } from '../../datasets/task.ts';
import { createEnvironment, environmentOf } from '../../envs/index.ts';
import { openStimulus } from '../../envs/open-stimulus.ts';
import { makePlan } from '../../verifiers/chip/stimulus/stimulus.ts';
import { openVerifierSandbox } from '../../verifiers/open.ts';
import type { SandboxHost } from '../../verifiers/sandbox/index.ts';
import { designSpecOf } from '../../verifiers/task.ts';
import { chipTask, port } from '../verifiers/chip/chip-task.ts';
import { sampleTask } from './sample-tasks.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox();
});
afterAll(() => sandbox.close());

const [gray, alu] = await loadTasks(['chip/debug-gray-counter', 'chip/modify-alu']);

const counterOf = (last: number) => `
module top(input clk, input reset, input up, output reg [8:0] q);
  always @(posedge clk)
    if (reset || q == ${last}) q <= 0;
    else if (up) q <= q + 1;
endmodule
`;

/** A long counter whose end only a directed step reaches. */
const { verify, reference } = chipTask(counterOf(400), {
  ports: [port('clk', 'input'), port('reset', 'input'), port('up', 'input'), port('q', 'output', 9)],
  clock: { port: 'clk' },
  reset: { port: 'reset' },
  stimulus: { directed: [{ set: { up: 1 }, repeat: 420 }], random: { cycles: 100, longest: 0 } },
  lint: 'off',
});
const longCounter = sampleTask({
  verify,
  reference,
  turns: 2,
  feedback: { diagnostics: true, tests: 'names', mismatch: true },
});

async function opened(task: Task | undefined, seed = 1): Promise<string> {
  if (!task) throw new Error('the task is not shipped');
  const environment = createEnvironment({ tasks: [task], sandbox });
  const { observation } = await environment.reset({ task: task.id, seed });
  return observation.messages[0]?.content ?? '';
}

/** What a policy is told of its first answer. */
async function told(task: Task, completion: string, seed = 1): Promise<string[]> {
  const environment = createEnvironment({ tasks: [task], sandbox, turns: 2 });
  await environment.reset({ task: task.id, seed });
  const { observation } = await environment.step({ completion });
  return observation.messages.at(-1)?.content.split('\n') ?? [];
}

describe('a design that is to be mended', () => {
  test('is shown with the prompt, and with what is wrong with it', async () => {
    const text = await opened(gray);
    expect(text.startsWith(gray?.prompt.trimEnd() ?? '?')).toBe(true);
    expect(text).toContain('assign gray   = count ^ (count << 1);');
    expect(text).toMatch(
      /simulate: \d+ of \d+ passed; failing:\n {2}gray \(mismatch, \d+ of 616 samples\)\n/,
    );
    expect(text).toMatch(/\| # \| rst \| enable \| down \| gray \| parity \|/);
  });

  test('is diagnosed alike for the same seed and otherwise for another', async () => {
    const [first, again, other] = await Promise.all([opened(gray), opened(gray), opened(gray, 2)]);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('keeps its levels to itself where the task does not let them be told', async () => {
    const quiet = gray && { ...gray, feedback: { ...gray.feedback, mismatch: false } };
    expect(await opened(quiet)).not.toContain('| # |');
  });
});

test('a design that is to be changed is shown without a judgement', async () => {
  const text = await opened(alu);
  expect(text).toContain('module small_alu');
  expect(text).not.toContain('simulate');
});

test('each mode of chip tasks has its environment', () => {
  const names = [gray, alu, longCounter].map((task) => task && environmentOf(task).name);
  expect(names).toEqual(['chip-debugging', 'chip-modification', 'chip-design']);
});

describe('what a policy is told of simulation', () => {
  test('comes from stimulus that no grading of the same seed uses', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const open = openStimulus(longCounter, seed);
      const spec = open && designSpecOf(open.task.verify);
      if (!spec) throw new Error('a design has open stimulus');
      const [shown, graded] = [makePlan(spec, open.seed), makePlan(verify, seed)];
      const random = graded.rows.slice(graded.parts.at(-1)?.from, -1);
      expect(shown.parts.map(({ name }) => name)).not.toContain('directed');
      expect(shown.rows.slice(-random.length)).not.toEqual(random);
    }
  });

  test('holds no level of a step that the author wrote', async () => {
    expect(await told(longCounter, counterOf(390))).toEqual([
      'Your answer failed; one attempt is left.',
      '- simulate: failed',
      'Correct it and answer with the whole design again, in one fenced code block.',
    ]);
  });

  test('holds the first mismatch under that stimulus where the task allows it', async () => {
    const lines = await told(longCounter, counterOf(7));
    expect(lines[1]).toMatch(/^- simulate: \d+ of \d+ passed; failing:$/);
    expect(lines).toContain('  | # | reset | up | q |');
    expect(lines.at(-2)).toMatch(/^ {2}\| \d+ high \| 0 \| [01] \| 9'h000, expected 9'h008 \|$/);
  });

  test('is no other for one who asks with the same answer again', async () => {
    expect(await told(longCounter, counterOf(7))).toEqual(await told(longCounter, counterOf(7)));
  });
});
