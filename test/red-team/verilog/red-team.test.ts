import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTasks } from '../../../datasets/load.ts';
import { findTools } from '../../../verifiers/chip/icarus/tools.ts';
import { type JudgeChipOptions, judgeChip } from '../../../verifiers/chip/verify-chip.ts';
import { openVerifierSandbox } from '../../../verifiers/open.ts';
import type { SandboxHost } from '../../../verifiers/sandbox/index.ts';
import { verify } from '../../../verifiers/verify.ts';
import { asyncCounter, chipTask, counter, port } from '../../verifiers/chip/chip-task.ts';
import type { ChipTask } from '../../verifiers/chip/verilog-eval.ts';
import { attacks } from './attacks.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(() => sandbox.close());

const register = chipTask('module top(input clk, d, output reg q); always @(posedge clk) q <= d; endmodule', {
  ports: [port('clk', 'input'), port('d', 'input'), port('q', 'output')],
  clock: { port: 'clk' },
  lint: 'off',
});
const wide = chipTask(
  `module top(input clk, input reset, input up, output wrapped);
  reg [9:0] count;
  assign wrapped = count == 0;
  always @(posedge clk)
    if (reset) count <= 0;
    else if (up) count <= count == 999 ? 0 : count + 1;
endmodule`,
  {
    ports: [port('clk', 'input'), port('reset', 'input'), port('up', 'input'), port('wrapped', 'output')],
    clock: { port: 'clk' },
    reset: { port: 'reset' },
    lint: 'off',
  },
);
const latch = chipTask(
  'module top(input enable, input [3:0] d, output reg [3:0] q); always_latch if (enable) q = d; endmodule',
  { ports: [port('enable', 'input'), port('d', 'input', 4), port('q', 'output', 4)], lint: 'gate' },
);
const onehot = chipTask(
  `module top(input [1:0] code, output reg [3:0] onehot);
  always @* case (code) 0: onehot = 1; 1: onehot = 2; 2: onehot = 4; default: onehot = 4'bx; endcase
endmodule`,
  { ports: [port('code', 'input', 2), port('onehot', 'output', 4)], lint: 'gate' },
);
const linted: ChipTask = { ...counter, verify: { ...counter.verify, lint: 'gate' } };

const quality = { share: 0.5, full: 1, none: 2 };

/** What an attack or a control is written for, where it is not the counter. */
const targets = new Map<string, ChipTask>([
  ['d42-transparent-register', register],
  ['d44-synchronous-for-asynchronous', asyncCounter],
  ['g62-silence-the-linter', linted],
  ['g65-unknown-to-be-small', { ...counter, verify: { ...counter.verify, quality } }],
  ['g69-wraps-beyond-a-bounded-proof', wide],
  ['draws-warnings', linted],
  ['latch-where-asked', latch],
  ['latch-of-an-open-branch', latch],
  ['refines-a-dont-care', onehot],
]);

const folder = (name: string) => join(import.meta.dirname, name);
const read = (kind: 'attacks' | 'controls', name: string) =>
  readFileSync(join(folder(kind), `${name}.sv`), 'utf8');
const names = (kind: 'attacks' | 'controls') =>
  readdirSync(folder(kind)).map((file) => file.replace('.sv', ''));

/** Bounds that a bomb meets soon. */
const bounded = (task: ChipTask): ChipTask => ({
  ...task,
  verify: { ...task.verify, limits: { cpuSeconds: 1, memoryMiB: 128 } },
});

/** Where a candidate fails, as the check and the code of its first error. */
async function judged(
  candidate: string,
  aim: ChipTask = counter,
  gate?: JudgeChipOptions['gate'],
): Promise<string> {
  const task = bounded(aim);
  const input = { task, spec: task.verify, candidate, seed: 3, sandbox };
  const { checks, reward, passed } = await judgeChip(input, gate && { gate });
  const failed = checks.find(({ outcome }) => outcome === 'fail');
  if (!failed) return passed && reward === 1 ? 'passed' : 'unclear';
  expect({ reward, passed }).toEqual({ reward: 0, passed: false });
  const code = failed.diagnostics.find(({ severity }) => severity === 'error')?.code;
  return code ? `${failed.name} ${code}` : failed.name;
}

test('every file of an attack stands in the table', () => {
  expect(attacks.map(([file]) => file).sort()).toEqual(names('attacks').sort());
});

describe.each(attacks)('%s', (file, enforced, alone) => {
  test('is rejected', async () => {
    expect(await judged(read('attacks', file), targets.get(file))).toMatch(startingWith(enforced));
  });
  test.skipIf(!enforced.startsWith('gate'))('is rejected without the gate', async () => {
    const said = await judged(read('attacks', file), targets.get(file), 'ignored');
    const { icarus } = await findTools(sandbox);
    // Later versions reject the same in their own words: they speak at `$finish` and give up elsewhere.
    expect(said).toMatch(icarus.version.startsWith('11.') ? startingWith(alone) : /^(elaborate|simulate)/);
  });
});

const startingWith = (place: string) => new RegExp(`^${place}( |$)`);

describe('an honest design passes', () => {
  test.each(names('controls'))('%s', async (file) => {
    expect(await judged(read('controls', file), targets.get(file))).toBe('passed');
  });
});

describe('bytes', () => {
  const plain = read('controls', 'plain');

  test.each([
    ['nothing', '', 'gate top'],
    ['ten megabytes', plain + ' '.repeat(10 << 20), 'gate size'],
    [
      'bytes that are no text, outside comments',
      `${plain}${Buffer.from([0xff, 0xfe, 0x00]).toString()}`,
      'gate text',
    ],
    ['a zero byte', `${plain}\0`, 'gate text'],
    ['another script in a name', plain.replaceAll('reset', 'rеset'), 'gate text'],
    ['a space without width', plain.replace('if (', 'if\u200b ('), 'gate text'],
    ['an early end of the module', plain.replace('endmodule', 'endmodule endmodule'), 'elaborate'],
  ])('%s is rejected', async (_what, candidate, place) => {
    expect(await judged(candidate)).toMatch(startingWith(place));
  });

  test('bytes that are no text are fine in comments', async () => {
    expect(await judged(`// ${Buffer.from([0xff, 0xfe]).toString()}\n${plain}`)).toBe('passed');
  });
});

describe('an answer that was learnt by heart', () => {
  test.each(['saturating-adder', 'watchdog', 'crc16'])(
    'for one instance of %s fails for another',
    async (name) => {
      const [known, asked] = await loadTasks([`chip/${name}@1`, `chip/${name}@2`]);
      if (!known || !asked || asked.verify.kind !== 'chip') throw new Error('the task has no instances');
      const right = await verify(known, known.reference, { sandbox });
      const learnt = await verify(asked, known.reference, { sandbox });
      expect([right, learnt].map((verdict) => verdict.status === 'scored' && verdict.reward)).toEqual([1, 0]);
    },
  );
});
