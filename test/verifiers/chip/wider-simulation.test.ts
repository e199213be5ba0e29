import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { coverageOf } from '../../../verifiers/chip/comparison/coverage.ts';
import { makePlan } from '../../../verifiers/chip/stimulus/stimulus.ts';
import { judgeChip } from '../../../verifiers/chip/verify-chip.ts';
import { literalsOf } from '../../../verifiers/chip/verilog/literals.ts';
import { preprocess } from '../../../verifiers/chip/verilog/preprocess.ts';
import { openVerifierSandbox } from '../../../verifiers/open.ts';
import type { SandboxHost } from '../../../verifiers/sandbox/index.ts';
import { chipTask, counter, failure, port } from './chip-task.ts';
import type { ChipTask } from './verilog-eval.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(() => sandbox.close());

const judge = (task: ChipTask, candidate = task.reference) =>
  judgeChip({ task, spec: task.verify, candidate, seed: 1, sandbox });
const failureOf = async (task: ChipTask, candidate?: string) =>
  failure((await judge(task, candidate)).checks);

describe('a design with several clocks', () => {
  const crossing = chipTask(
    `module top(input wclk, rclk, rst, input d, output reg q, output reg [3:0] n);
      reg held, first;
      always @(posedge wclk) if (rst) held <= 0; else held <= d;
      always @(negedge rclk) if (rst) {q, first} <= 0; else {q, first} <= {first, held};
      always @(negedge rclk) if (rst) n <= 0; else if (q) n <= n + 1;
    endmodule`,
    {
      ports: [
        ...['wclk', 'rclk', 'rst', 'd'].map((name) => port(name, 'input')),
        port('q', 'output'),
        port('n', 'output', 4),
      ],
      clock: { port: 'wclk' },
      otherClocks: [{ port: 'rclk', edge: 'negedge' }],
      reset: { port: 'rst' },
      lint: 'off',
    },
  );

  test.each([
    ['as the reference', '', '', undefined],
    ['with one stage too few', '{first, held}', '{held, held}', /^simulate mismatch: output q differs/],
    [
      'with a register of the other clock',
      'negedge rclk) if (rst) n',
      'posedge wclk) if (rst) n',
      /^simulate mismatch/,
    ],
    [
      'with the other edge of the second clock',
      'negedge rclk) if (rst) {',
      'posedge rclk) if (rst) {',
      /^simulate mismatch/,
    ],
    ['that mixes up its clocks', 'input wclk, rclk', 'input rclk, wclk', undefined],
  ])('%s', async (_what, from, to, fails) => {
    const found = await failureOf(crossing, crossing.reference.replace(from, to));
    if (fails) expect(found).toMatch(fails);
    else expect(found).toBe(undefined);
  });

  test('is proved with its edges', async () => {
    const asked = { ...crossing, verify: { ...crossing.verify, equivalence: 'try' as const } };
    expect(await judge(asked)).toMatchObject({ passed: true, strength: 'proved' });
  });

  test('sees one clock move at a time, and never together with data', () => {
    const { inputs, rows } = makePlan(crossing.verify, 3);
    expect(inputs.map(({ name }) => name)).toEqual(['wclk', 'rclk', 'rst', 'd']);
    const moved = rows.slice(1).map((row, at) => [0, 1, 2, 3].filter((bit) => row[bit] !== rows[at]?.[bit]));
    expect(moved.filter((bits) => bits.includes(1) && bits.length > 1)).toEqual([]);
    const ticks = (bit: number) => moved.filter((bits) => bits.includes(bit)).length;
    expect(ticks(1)).toBeGreaterThan(ticks(0) / 4);
  });

  test('whose task names a clock that is no input is no task', async () => {
    const verify = { ...crossing.verify, otherClocks: [{ port: 'q', edge: 'posedge' as const }] };
    await expect(judge({ ...crossing, verify })).rejects.toThrow('its clock "q" is no input of one bit');
  });
});

describe('a design with parameters', () => {
  const text = `module top #(parameter W = 4, parameter [7:0] START = 0)(input clk, rst, output reg [W-1:0] q);
    always @(posedge clk) q <= rst ? START : q + 1; endmodule`;
  const task = chipTask(text, {
    parameters: { W: 6, START: "8'h2a" },
    ports: [port('clk', 'input'), port('rst', 'input'), port('q', 'output', 6)],
    clock: { port: 'clk' },
    reset: { port: 'rst' },
    lint: 'gate',
    equivalence: 'try',
  });

  test('has them set, for every tool', async () => {
    expect(await judge(task)).toMatchObject({ passed: true, strength: 'proved' });
  });

  test('fails where it does not heed them', async () => {
    expect(await failureOf(task, text.replace('[W-1:0]', '[3:0]'))).toMatch(
      /^elaborate ports: .* with 4 bits, not 6/,
    );
    expect(await failureOf(task, text.replace('rst ? START', 'rst ? 0'))).toMatch(/^simulate mismatch/);
  });
});

describe('a design with an inout', () => {
  const drives = (
    when: string,
  ) => `module top(input clk, oe, input [3:0] d, inout [3:0] bus, output reg [3:0] q);
    assign bus = ${when} ? d : 4'bz; always @(posedge clk) q <= bus; endmodule`;
  const task = chipTask(drives('oe'), {
    ports: [
      port('clk', 'input'),
      port('oe', 'input'),
      port('d', 'input', 4),
      { name: 'bus', direction: 'inout', width: 4 },
      port('q', 'output', 4),
    ],
    clock: { port: 'clk' },
    stimulus: {
      directed: [{ set: { oe: 1, d: 5 } }, { set: { oe: 0, bus: 9 } }, { set: { bus: '0bzz00' } }],
    },
    lint: 'off',
  });

  test.each([
    ['passes where it drives when it should', 'oe', undefined],
    ['fails where it always drives', "1'b1", /^simulate mismatch: output bus differs/],
    ['fails where it never drives', "1'b0", /^simulate mismatch: output bus differs/],
    ['fails where it drives the wrong way round', '!oe', /^simulate mismatch: output bus differs/],
  ])('%s', async (_what, when, fails) => {
    const found = await failureOf(task, drives(when));
    if (fails) expect(found).toMatch(fails);
    else expect(found).toBe(undefined);
  });

  test('is not the same with an output', async () => {
    expect(await failureOf(task, drives('oe').replace('inout [3:0]', 'output [3:0]'))).toBe(
      'elaborate ports: module top has "bus" as output, not as inout',
    );
  });
});

test('the numbers of a design are told without widths and bases', () => {
  const { tokens } = preprocess(
    "assign q = 8'h2a + 1_000 + 4'b1x + 'd2 + 1.5 + 42 + 64'hffff_ffff_ffff_ffff;",
  ).design ?? { tokens: [] };
  expect(literalsOf(tokens)).toEqual([2, 42, 1000]);
});

describe('a run', () => {
  const deep = (modulus: number) => `module top(input clk, reset, en, output reg [9:0] q);
    always @(posedge clk) if (reset) q <= 0; else if (en) q <= q == ${modulus - 1} ? 0 : q + 1; endmodule`;
  const task = chipTask(deep(1000), {
    ports: [port('clk', 'input'), port('reset', 'input'), port('en', 'input'), port('q', 'output', 10)],
    clock: { port: 'clk' },
    reset: { port: 'reset' },
    lint: 'off',
  });

  test('goes on until a deep counter has wrapped', async () => {
    expect(await failureOf(task)).toBe(undefined);
    expect(await failureOf(task, deep(1001))).toMatch(/^simulate mismatch/);
    expect(await failureOf(task, deep(1024))).toMatch(/^simulate mismatch/);
  });

  test('finds a state that is entered after so many cycles and no more', async () => {
    const falling = (last: number) => `module top(input clk, reset, ground, output reg splat, output walks);
      reg [7:0] n; assign walks = ground & !splat;
      always @(posedge clk) if (reset) begin n <= 0; splat <= 0; end
        else begin n <= ground ? 0 : n == 255 ? n : n + 1; if (ground && n > ${last}) splat <= 1; end
    endmodule`;
    const lemming = chipTask(falling(20), {
      ports: [
        ...['clk', 'reset', 'ground'].map((name) => port(name, 'input')),
        port('splat', 'output'),
        port('walks', 'output'),
      ],
      clock: { port: 'clk' },
      reset: { port: 'reset' },
      lint: 'off',
    });
    expect(await failureOf(lemming)).toBe(undefined);
    for (const last of [18, 19, 21, 22])
      expect(await failureOf(lemming, falling(last))).toMatch(/^simulate mismatch/);
  });

  test('is no longer than it was where a short one shows all', async () => {
    const { checks } = await judge(counter);
    expect(checks.at(-1)?.totalCount).toBe(makePlan(counter.verify, 1).rows.length);
  });

  test('is repeated, each time anew, as often as the task says', () => {
    const { random } = counter.verify.stimulus;
    const spec = {
      ...counter.verify,
      stimulus: { ...counter.verify.stimulus, random: { ...random, seeds: 3 } },
    };
    const { rows, parts } = makePlan(spec, 1);
    const once = makePlan(counter.verify, 1).rows.length;
    expect(rows.length).toBe(3 * (once - 8) + 8);
    expect(parts.filter(({ name }) => name === 'random').length).toBe(3);
    const [first, second] = parts
      .filter(({ name }) => name === 'random')
      .map(({ from }) => rows.slice(from, from + 900));
    expect(first).not.toEqual(second);
  });

  test('has shown a bit once it rose and fell outside of the reset', () => {
    const spec = counter.verify;
    const plan = { ...makePlan(spec, 1), rows: ['000', '100', '010', '110'] };
    expect(coverageOf(plan, '0000000\n1000001\n0000000\n1000001\n', spec)).toEqual({ seen: 2, all: 8 });
    expect(coverageOf(plan, '0000000\n1000001\n0100000\n1100000\n', spec)).toEqual({ seen: 1, all: 8 });
  });
});
