import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { creditOf } from '../../../verifiers/chip/comparison/credit.ts';
import { qualityOf } from '../../../verifiers/chip/formal/quality.ts';
import { judgeChip } from '../../../verifiers/chip/verify-chip.ts';
import { openVerifierSandbox } from '../../../verifiers/open.ts';
import type { SandboxHost } from '../../../verifiers/sandbox/index.ts';
import { chipTask, counter, counterReference, port } from './chip-task.ts';
import type { ChipTask } from './verilog-eval.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(() => sandbox.close());

const judge = (task: ChipTask, candidate = task.reference) =>
  judgeChip({ task, spec: task.verify, candidate, seed: 1, sandbox });

describe('partial credit', () => {
  const generous: ChipTask = { ...counter, verify: { ...counter.verify, partialCredit: 0.3 } };
  const rewardOf = async (candidate: string) => (await judge(generous, candidate)).reward;

  test('is for bits that agree, and less than a pass', async () => {
    const nearly = await rewardOf(counterReference.replace('q + 1', "{q[3], q[2:0] + 3'd1}"));
    expect(nearly).toBeGreaterThan(0.05);
    expect(nearly).toBeLessThan(0.3);
    expect(await rewardOf(counterReference)).toBe(1);
  });

  test.each(['0', '1', 'x'] as const)('is nothing for the constant %s', async (digit) => {
    const constant = `module top(input clk, reset, up, output [3:0] q); assign q = {4{1'b${digit}}}; endmodule`;
    expect(await rewardOf(constant)).toBe(0);
  });

  test('is nothing for a design that ends early, drives its inputs or does not elaborate', async () => {
    const early = counterReference.replace('always', 'initial #900 $finish;\nalways');
    const found = await judgeChip(
      { task: generous, spec: generous.verify, candidate: early, seed: 1, sandbox },
      { gate: 'ignored' },
    );
    expect(found.reward).toBe(0);
    expect(await rewardOf(counterReference.replace('always', 'assign up = 0;\nalways'))).toBe(0);
    expect(await rewardOf('module top(input clk, reset, up, output [3:0] q); nothing x(); endmodule')).toBe(
      0,
    );
  });

  test('is not given where the task does not say so', async () => {
    expect((await judge(counter, counterReference.replace('q + 1', 'q + 3'))).reward).toBe(0);
  });

  test('is counted by output, from the best constant on', () => {
    const plan = {
      inputs: [],
      outputs: [port('a', 'output'), port('b', 'output', 2)],
      rows: ['', '', '', ''],
    };
    const credit = (got: string) =>
      creditOf({ ...plan, rowsPerCycle: 1, parts: [] }, '000\n101\n0x0\n111\n', got, counter.verify);
    expect(credit('000\n101\n000\n111\n')).toBe(1);
    expect(credit('000\n001\n000\n011\n')).toBe(0.5);
    expect(credit('000\n000\n000\n000\n')).toBe(0);
    expect(credit('xxx\nxxx\nxxx\nxxx\n')).toBe(0);
  });
});

describe('quality', () => {
  const body = (sum: string) => `module top(input clk, input [7:0] a, b, input s, output reg [7:0] q);
    always @(posedge clk) q <= ${sum}; endmodule`;
  const task = chipTask(body("a + (s ? b : 8'd1)"), {
    ports: [
      port('clk', 'input'),
      port('a', 'input', 8),
      port('b', 'input', 8),
      port('s', 'input'),
      port('q', 'output', 8),
    ],
    clock: { port: 'clk' },
    quality: { share: 0.5 },
    lint: 'off',
  });

  test('of the reference is all of it', async () => {
    const { reward, passed, checks, tools } = await judge(task);
    expect({ reward, passed, last: tools.at(-1)?.name }).toEqual({ reward: 1, passed: true, last: 'yosys' });
    expect(checks.at(-1)).toMatchObject({
      name: 'quality',
      outcome: 'pass',
      score: 1,
      evidence: { ratio: 1, design: { flops: 8, latches: 0 }, reference: { flops: 8, latches: 0 } },
    });
  });

  test('of a larger design that is right is less, and its reward too', async () => {
    const wasteful = body("s ? a + b : ((a ^ 8'h5a) * 3 / 3 ^ 8'h5a) + 8'd1")
      .replace('* 3 / 3', '')
      .replace(
        'reg [7:0] q);',
        'reg [7:0] q); reg [15:0] more; always @(posedge clk) more <= {more[7:0] ^ a, b * a}; wire keep = ^more;',
      )
      .replace("8'd1;", "8'd1 + (keep & ~keep);");
    const { reward, passed, checks } = await judge(task, wasteful);
    expect(passed).toBe(true);
    expect(checks.at(-1)?.score).toBeLessThan(1);
    expect(reward).toBeCloseTo(0.5 + 0.5 * (checks.at(-1)?.score ?? 0));
  });

  test('of a wrong design is not asked for', async () => {
    const { reward, checks } = await judge(task, body("8'd0"));
    expect({ reward, last: checks.at(-1)?.outcome }).toEqual({ reward: 0, last: 'skipped' });
  });

  test('of a design that has no gates is none', async () => {
    const real = body("a + (s ? b : 8'd1)").replace(
      'always',
      'real r; initial r = 1.5;\nalways @(a) r = r * 2.0;\nalways',
    );
    const { reward, checks } = await judge(task, real);
    expect({ reward, code: checks.at(-1)?.diagnostics[0]?.code }).toEqual({
      reward: 0.5,
      code: 'not-synthesisable',
    });
  });

  test('of gates that do something else than the design is none', async () => {
    const uneven = body("a + (s ? b : 8'd1)")
      .replace(
        'reg [7:0] q);',
        "reg [7:0] q); reg [7:0] t; always @(a or b or s or clk) t = a + (s ? b : 8'd1);",
      )
      .replace("q <= a + (s ? b : 8'd1)", 'q <= t');
    expect(await judge(task, uneven)).toMatchObject({ reward: 1 });
    const split = uneven.replace('@(a or b or s or clk) t = a', '@(posedge clk or negedge clk) t = a');
    const { checks, reward } = await judge(task, split);
    expect(reward).toBeLessThan(1);
    expect(checks.at(-1)?.name).toBe('quality');
  });

  test('falls with the ratio of sizes', () => {
    const asked = { full: 0.5, none: 2 };
    expect([0.1, 0.5, 1, 2, 9].map((ratio) => qualityOf(ratio, asked))).toEqual([1, 1, 0.5, 0, 0]);
  });
});
