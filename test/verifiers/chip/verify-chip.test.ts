import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findTools } from '../../../verifiers/chip/icarus/tools.ts';
import { judgeChip } from '../../../verifiers/chip/verify-chip.ts';
import { openVerifierSandbox } from '../../../verifiers/open.ts';
import type { SandboxHost } from '../../../verifiers/sandbox/index.ts';
import { asyncCounter, chipTask, counter, counterReference, failure, port } from './chip-task.ts';
import type { ChipTask } from './verilog-eval.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(() => sandbox.close());

const judge = (task: ChipTask, candidate = task.reference, seed = 1) =>
  judgeChip({ task, spec: task.verify, candidate, seed, sandbox });
const failureOf = async (task: ChipTask, candidate: string) => failure((await judge(task, candidate)).checks);

const adder = chipTask('module top(input [3:0] a, b, output [4:0] sum); assign sum = a + b; endmodule', {
  ports: [port('a', 'input', 4), port('b', 'input', 4), port('sum', 'output', 5)],
  lint: 'off',
});

const shift = chipTask('module top(input clk, d, output reg q); always @(posedge clk) q <= d; endmodule', {
  ports: [port('clk', 'input'), port('d', 'input'), port('q', 'output')],
  clock: { port: 'clk' },
  lint: 'off',
});

describe('a right design', () => {
  test('passes every check, with the tools and the strength told', async () => {
    expect(await judge(counter)).toEqual({
      checks: [
        { name: 'gate', outcome: 'pass', score: 1, weight: 0, diagnostics: [] },
        { name: 'elaborate', outcome: 'pass', score: 1, weight: 0, diagnostics: [] },
        {
          name: 'simulate',
          outcome: 'pass',
          score: 1,
          weight: 1,
          passedCount: 1016,
          totalCount: 1016,
          diagnostics: [],
        },
      ],
      reward: 1,
      passed: true,
      isolation: 'split',
      strength: 'random',
      tools: [
        { name: 'iverilog', version: expect.stringMatching(/^\d/) },
        { name: 'vvp', version: expect.stringMatching(/^\d/) },
      ],
    });
  });

  test('may be written in another way', async () => {
    const other = `
      \`timescale 1ns/1ps
      \`default_nettype none
      module half #(parameter W = 4) (input wire [W-1:0] now, input wire up, output wire [W-1:0] next);
        assign next = up ? now + 1'b1 : now; // PASS, error
      endmodule
      module top(clk, reset, up, q);
        input wire clk, reset, up; output wire [3:0] q;
        reg [3:0] error_x; wire [3:0] next;
        initial error_x = 4'd9;
        half #(.W(4)) u(.now(error_x), .up(up), .next(next));
        always @(posedge clk) error_x = reset ? 4'd0 : next;
        assign q = error_x;
      endmodule`;
    expect(await failureOf(counter, other)).toBe(undefined);
  });

  test('may define what the reference leaves open', async () => {
    const open = chipTask(
      "module top(input [1:0] s, output reg q); always @* case (s) 0: q = 0; 1: q = 1; default: q = 1'bx; endcase endmodule",
      { ports: [port('s', 'input', 2), port('q', 'output')], lint: 'off' },
    );
    expect(await failureOf(open, 'module top(input [1:0] s, output q); assign q = s[0]; endmodule')).toBe(
      undefined,
    );
  });

  test('without inputs is held to its outputs', async () => {
    const one = chipTask('module top(output q); assign q = 1; endmodule', {
      ports: [port('q', 'output')],
      lint: 'off',
    });
    expect(await failureOf(one, one.reference)).toBe(undefined);
    expect(await failureOf(one, one.reference.replace('= 1', '= 0'))).toMatch(/^simulate mismatch/);
  });

  test('gives the same verdict twice', async () => {
    const wrong = counterReference.replace('q + 1', 'q + 2');
    expect(await judge(counter, wrong, 7)).toEqual(await judge(counter, wrong, 7));
  });
});

describe('a wrong design', () => {
  test('is told the outputs and counts, and its evidence shows the first mismatch', async () => {
    const { checks, reward, passed } = await judge(counter, counterReference.replace('q + 1', 'q + 2'));
    const simulate = checks.at(-1);
    expect({ reward, passed, outcome: simulate?.outcome }).toEqual({
      reward: 0,
      passed: false,
      outcome: 'fail',
    });
    expect(simulate?.diagnostics).toEqual([
      {
        severity: 'error',
        code: 'mismatch',
        message: expect.stringMatching(/^output q differs from the reference in \d+ of 1016 samples$/),
      },
    ]);
    expect(simulate?.evidence).toEqual({
      first: {
        row: expect.any(Number),
        cycle: expect.any(Number),
        part: 'random',
        phase: 'active',
        outputs: ['q'],
        inputs: { clk: '1', reset: '0', up: '1' },
        expected: { q: '0001' },
        got: { q: '0010' },
      },
      mismatches: [{ output: 'q', samples: expect.any(Number), total: 1016 }],
      around: expect.arrayContaining([{ '#': '8 high', reset: '0', up: '1', q: "4'h2, expected 4'h1" }]),
    });
  });

  test.each([
    ['on the wrong edge', counter, counterReference.replace('posedge', 'negedge')],
    ['that resets asynchronously where it must not', counter, asyncCounter.reference],
    ['that resets synchronously where it must not', asyncCounter, counterReference],
    ['that is a latch', shift, shift.reference.replace('@(posedge clk)', '@* if (clk)')],
    [
      'that is always X',
      counter,
      "module top(input clk, reset, up, output [3:0] q); assign q = 4'bx; endmodule",
    ],
    ['that leaves its output open', counter, 'module top(input clk, reset, up, output [3:0] q); endmodule'],
    ['that forgets to reset', counter, counterReference.replace('if (reset) q <= 0;\n    else if', 'if')],
  ])('%s fails in simulation', async (_what, task, candidate) => {
    expect(await failureOf(task, candidate)).toMatch(/^simulate mismatch: output q differs/);
  });

  test('that floats where the reference drives fails, and one that drives where it floats', async () => {
    const tristate = chipTask("module top(input e, d, output q); assign q = e ? d : 1'bz; endmodule", {
      ports: [port('e', 'input'), port('d', 'input'), port('q', 'output')],
      lint: 'off',
    });
    expect(await failureOf(tristate, tristate.reference)).toBe(undefined);
    const driving = tristate.reference.replace("1'bz", "1'b0");
    expect(await failureOf(tristate, driving)).toMatch(/^simulate mismatch/);
    expect(
      await failureOf(
        adder,
        'module top(input [3:0] a, b, output [4:0] sum); assign sum[3:0] = a + b; endmodule',
      ),
    ).toMatch(/^simulate mismatch/);
  });

  test('that remembers its last input is found by every input in a drawn order', async () => {
    const latch = `module top(input [3:0] a, b, output reg [4:0] sum);
      always @* if ({a, b} != 8'h7e) sum = a + b;
    endmodule`;
    expect(await failureOf(adder, latch)).toMatch(/^simulate mismatch: output sum differs/);
  });
});

describe('a design that does not elaborate', () => {
  test.each([
    ['module top(input clk, reset, up, output [3:0] q) assign q = 0; endmodule', 'elaborate syntax error'],
    [
      'module top(input clk, reset, up, output [3:0] q); child u(q); endmodule',
      'elaborate Unknown module type: child',
    ],
  ])('%s: %s', async (candidate, message) => {
    expect(await failureOf(counter, candidate)).toBe(message);
  });

  test('has its messages with their lines', async () => {
    const { checks } = await judge(
      counter,
      '// first line\n\nmodule top(input clk, reset, up, output [3:0] q);\nassign q = nothing;\nendmodule',
    );
    expect(checks[1]?.diagnostics[0]).toEqual({
      severity: 'error',
      message: "Unable to bind wire/reg/memory `nothing' in `top'",
      file: 'candidate.sv',
      line: 4,
    });
  });

  test('for what the tool lacks is unsupported, not wrong', async () => {
    const cast = `module top(input clk, reset, up, output [3:0] q);
      assign q = {<<{4'b0011}};
    endmodule`;
    expect(await failureOf(counter, cast)).toMatch(/^elaborate unsupported: /);
    const { icarus } = await findTools(sandbox);
    if (Number.parseInt(icarus.version, 10) > 12) return;
    const declared = counterReference.replace('always', 'const logic [3:0] k = 3;\nalways');
    expect(await failureOf(counter, declared)).toMatch(
      /^elaborate unsupported: this line uses "const", which Icarus Verilog \d\S* may not support$/,
    );
  });

  test('because of its ports is told each difference', async () => {
    const body = 'assign q = 0; endmodule';
    const said = async (header: string) => {
      const { checks } = await judge(counter, `module top(${header}); ${body}`);
      return checks[1]?.diagnostics.map(({ message }) => message);
    };
    expect(await said('input clk, reset, output up, output [4:0] q, input more')).toEqual([
      'module top has "up" as output, not as input',
      'module top has "q" with 5 bits, not 4',
      'module top has an input "more" too many',
    ]);
    expect(await said('input clk, reset, up, output [3:0] q, output more')).toEqual([
      'module top has an output "more" too many',
    ]);
    expect(
      await failureOf(counter, 'module top(clk, q); input clk; output [3:0] q; wire reset, up; endmodule'),
    ).toBe('gate ports: module top has no port reset');
  });
});

describe('a design that does not end', () => {
  const quick = { ...counter, verify: { ...counter.verify, limits: { cpuSeconds: 1, memoryMiB: 128 } } };

  test.each([
    [
      'simulate cpu-limit: the simulation used more than 1 s of CPU time',
      'reg z = 0; always @(z) z <= ~z; initial z = 1;',
    ],
    [
      'simulate cpu-limit: the simulation used more than 1 s of CPU time',
      'initial begin forever begin end end',
    ],
  ])('%s', async (message, body) => {
    expect(await failureOf(quick, counterReference.replace('always', `${body}\nalways`))).toBe(message);
  });

  test('in elaboration fails there, by its bound', async () => {
    const bomb = 'genvar i; for (i = 0; i < 100000000; i = i + 1) begin : g wire x; end';
    expect(await failureOf(quick, counterReference.replace('always', `${bomb}\nalways`))).toMatch(
      /^elaborate (cpu|wall|memory)-limit: the compiler /,
    );
  });

  test('in its use of memory fails, by its bound', async () => {
    const big =
      'reg [1023:0] m [0:4194303]; integer i; initial for (i = 0; i < 4194304; i = i + 1) m[i] = ~0;';
    expect(await failureOf(quick, counterReference.replace('always', `${big}\nalways`))).toMatch(
      /(memory|cpu|wall)-limit: /,
    );
  });
});

describe('a broken task', () => {
  const codeOf = (task: ChipTask, candidate = counterReference) =>
    judge(task, candidate).then(
      () => 'judged',
      (thrown) => thrown.code,
    );

  test.each([
    ['a reference that does not compile', { ...counter, reference: 'module top(' }],
    ['a reference with other ports', { ...counter, reference: adder.reference }],
    [
      'a reference that never defines an output',
      { ...counter, reference: counterReference.replace('q <= 0', 'q <= q') },
    ],
    [
      'a reference that does not end',
      {
        ...counter,
        verify: { ...counter.verify, limits: { cpuSeconds: 0.2, memoryMiB: 128 } },
        reference: counterReference.replace('always', 'initial forever begin end\nalways'),
      },
    ],
  ])('with %s is never a reward', async (_what, task) => {
    expect(await codeOf(task)).toBe('TASK_REFERENCE_FAILED');
  });

  test('with a step that does not fit names it', async () => {
    const directed = [{ set: { up: 2 }, repeat: 1, reset: false }];
    const stimulus = { ...counter.verify.stimulus, directed };
    expect(await codeOf({ ...counter, verify: { ...counter.verify, stimulus } })).toBe('TASK_INVALID');
  });
});

describe('lint', () => {
  const linted = (lint: 'report' | 'gate') => ({ ...counter, verify: { ...counter.verify, lint } });
  const latch = `${counterReference.replace('endmodule', '')} reg l; always @* if (up) l = reset; endmodule`;
  const illegal = `${counterReference.replace('endmodule', '')} wire l; always @* l = reset; endmodule`;

  test('reports without a part in the reward', async () => {
    const { checks, reward, passed, tools } = await judge(linted('report'), latch);
    expect({ reward, passed, verilator: tools.at(-1)?.name }).toEqual({
      reward: 1,
      passed: true,
      verilator: 'verilator',
    });
    expect(checks[1]).toMatchObject({ name: 'lint', outcome: 'pass', score: 0.7, weight: 0 });
    expect(checks[1]?.diagnostics).toMatchObject([
      { code: 'LATCH', severity: 'warning', file: 'candidate.sv', line: 7 },
    ]);
  });

  test('stops at an error where the task makes it a gate', async () => {
    expect(failure((await judge(linted('gate'), illegal)).checks)).toMatch(/^lint PROCASSWIRE: /);
    expect(failure((await judge(linted('gate'))).checks)).toBe(undefined);
  });
});
