import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareByProof, equivalenceCheck } from '../../../../verifiers/chip/formal/equivalence.ts';
import { findTools } from '../../../../verifiers/chip/icarus/tools.ts';
import { findOracle } from '../../../../verifiers/chip/reference.ts';
import { judgeChip } from '../../../../verifiers/chip/verify-chip.ts';
import { openVerifierSandbox } from '../../../../verifiers/open.ts';
import type { Job, Sandbox, SandboxHost } from '../../../../verifiers/sandbox/index.ts';
import { asyncCounter, chipTask, counter, counterReference, failure, port } from '../chip-task.ts';
import type { ChipTask } from '../verilog-eval.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(() => sandbox.close());

const prove = async (task: ChipTask, candidate: string, through: Sandbox = sandbox) => {
  const { verify: spec, reference } = task;
  const tools = await findTools(sandbox);
  const oracle = await findOracle({ reference, spec, seed: 1, sandbox, tools });
  return compareByProof(candidate, { sandbox: through, tools, spec, reference, oracle });
};
const judge = (task: ChipTask, candidate = task.reference) =>
  judgeChip({ task, spec: { ...task.verify, equivalence: 'try' }, candidate, seed: 1, sandbox });

const parity = chipTask('module top(input [31:0] a, output q); assign q = ^a; endmodule', {
  ports: [port('a', 'input', 32), port('q', 'output')],
  lint: 'off',
});
/** Right for all inputs but one in four milliards. */
const magic = "(a == 32'hdead_beef)";

describe('a design that does the same', () => {
  test.each([
    ['as it stands', counter, counterReference],
    [
      'with other registers',
      counter,
      `module top(input clk, reset, up, output [3:0] q);
        reg [3:0] n = 4'hf; assign q = ~n;
        always @(posedge clk) n <= reset ? 4'hf : up ? n - 4'd1 : n;
      endmodule`,
    ],
    [
      'with other gates',
      parity,
      'module top(input [31:0] a, output q); assign q = ^a[31:16] != ^a[15:0]; endmodule',
    ],
    ['with an asynchronous reset', asyncCounter, asyncCounter.reference.replace('q + 1', "q - 4'hf")],
  ])('%s is proved', async (_what, task, candidate) => {
    const { passed, reward, strength, checks, tools } = await judge(task, candidate);
    expect({ passed, reward, strength }).toEqual({ passed: true, reward: 1, strength: 'proved' });
    expect(checks.at(-1)).toEqual({
      name: 'equivalence',
      outcome: 'pass',
      score: 1,
      weight: 0,
      diagnostics: [],
      evidence: { proof: 'proved', by: task === asyncCounter ? 'events' : 'cycles' },
    });
    expect(tools.at(-1)).toEqual({ name: 'yosys', version: expect.stringMatching(/^\d/) });
  });

  test('where the reference leaves it open is proved', async () => {
    const open = chipTask(
      "module top(input [1:0] s, output reg q); always @* case (s) 0: q = 0; 1: q = 1; default: q = 1'bx; endcase endmodule",
      { ports: [port('s', 'input', 2), port('q', 'output')], lint: 'off' },
    );
    expect(await prove(open, 'module top(input [1:0] s, output q); assign q = s[0]; endmodule')).toEqual({
      outcome: 'proved',
      by: 'cycles',
    });
    expect(
      (await prove(open, 'module top(input [1:0] s, output q); assign q = s[1]; endmodule')).outcome,
    ).toBe('different');
  });

  test('that goes wrong only in states it never gets to is proved', async () => {
    const ring = (rest: string) => `module top(input clk, rst, go, output reg [4:0] at, output reg wrong);
      always @(posedge clk or posedge rst) if (rst) begin at <= 1; wrong <= 0; end
        else begin if (go) at <= {at[3:0], at[4]}; wrong <= ${rest}; end endmodule`;
    const task = chipTask(ring("1'b0"), {
      ports: [
        port('clk', 'input'),
        port('rst', 'input'),
        port('go', 'input'),
        port('at', 'output', 5),
        port('wrong', 'output'),
      ],
      clock: { port: 'clk' },
      reset: { port: 'rst', kind: 'async' },
      lint: 'off',
    });
    expect(await prove(task, ring('at[0] && at[3]'))).toEqual({ outcome: 'proved', by: 'events' });
    expect((await prove(task, ring('at[0] || at[3]'))).outcome).toBe('different');
  });

  test('beyond the reach of proofs is bounded', async () => {
    const deep = (start: number) => `module top(input clk, reset, output q);
      reg [9:0] n; assign q = n == ${start} + 900;
      always @(posedge clk) n <= reset || q ? ${start} : n + 1; endmodule`;
    const task = chipTask(deep(0), {
      ports: [port('clk', 'input'), port('reset', 'input'), port('q', 'output')],
      clock: { port: 'clk' },
      reset: { port: 'reset' },
      lint: 'off',
    });
    const { passed, strength, checks } = await judge(task, deep(7));
    expect({ passed, strength, outcome: checks.at(-1)?.outcome }).toEqual({
      passed: true,
      strength: 'bounded',
      outcome: 'pass',
    });
  });
});

describe('a design that simulation cannot tell from the reference', () => {
  test('fails by inputs that were found by proof and shown by simulation', async () => {
    const candidate = `module top(input [31:0] a, output q); assign q = ^a ^ ${magic}; endmodule`;
    const { passed, reward, checks } = await judge(parity, candidate);
    expect({ passed, reward, failure: failure(checks) }).toEqual({
      passed: false,
      reward: 0,
      failure: 'equivalence mismatch: output q differs from the reference, as a proof found',
    });
    expect(checks.at(-1)?.evidence).toMatchObject({
      inputs: [{ a: (0xdeadbeef).toString(2) }],
      first: { part: 'counterexample', expected: { q: '0' }, got: { q: '1' } },
    });
  });

  test('in a state far from the reset fails too', async () => {
    const lock = (last: string) => `module top(input clk, reset, input [15:0] k, output reg q);
      reg [1:0] s;
      always @(posedge clk) if (reset) begin s <= 0; q <= 0; end
        else begin q <= s == 3; s <= s == 0 && k == 16'hbeef ? 1 : s == 1 && k == 16'hcafe ? ${last} : 0; end
    endmodule`;
    const task = chipTask(lock('0'), {
      ports: [port('clk', 'input'), port('reset', 'input'), port('k', 'input', 16), port('q', 'output')],
      clock: { port: 'clk' },
      reset: { port: 'reset' },
      lint: 'off',
    });
    expect(failure((await judge(task, lock('3'))).checks)).toMatch(/^equivalence mismatch/);
  });
});

/** Designs that make common recipes of proofs say "proved". */
describe('a design made to fool the proof', () => {
  const outcome = async (task: ChipTask, candidate: string) => (await prove(task, candidate)).outcome;

  test.each([
    ['that acts on the other edge', counter, counterReference.replace('posedge', 'negedge')],
    ['that resets at once', counter, asyncCounter.reference],
    ['that resets at the edge alone', asyncCounter, counterReference],
    [
      'that takes back a reset which ends before the edge',
      asyncCounter,
      `module top(input clk, reset, up, output [3:0] q); reg [3:0] n; assign q = reset ? 4'd0 : n;
        always @(posedge clk) n <= reset ? 4'd0 : n + up; endmodule`,
    ],
    [
      'that resets by more than the reset',
      asyncCounter,
      `module top(input clk, reset, up, output reg [3:0] q); wire any = reset | (up & q == 4'd9);
        always @(posedge clk or posedge any) if (any) q <= 0; else if (up) q <= q + 1; endmodule`,
    ],
    [
      'that is a latch',
      counter,
      counterReference.replace('reg [3:0] q', 'reg [3:0] q, output reg [3:0] n').replace('posedge clk', '*'),
    ],
    ['that gates its clock', counter, counterReference.replace('@(posedge clk)', '@(posedge (clk & up))')],
    [
      'whose output is unknown',
      counter,
      "module top(input clk, reset, up, output [3:0] q); assign q = 4'bx; endmodule",
    ],
    ['whose output is open', counter, 'module top(input clk, reset, up, output [3:0] q); endmodule'],
    [
      'that hides a rare input',
      parity,
      `module top(input [31:0] a, output q); assign q = ^a ^ ${magic}; endmodule`,
    ],
    [
      'whose equations have no solution at a rare input',
      parity,
      `module top(input [31:0] a, output q);
        wire p; assign p = ${magic} & (p === 1'b0); assign q = (^a ^ ${magic}) | (p & ~p); endmodule`,
    ],
    [
      'that drives a net twice so that a rare input is impossible',
      parity,
      `module top(input [31:0] a, output q);
        wire y; assign y = a[0]; assign y = ${magic} ^ a[0]; assign q = ^a ^ (${magic} & (y | ~y)); endmodule`,
    ],
    [
      'that drives its input',
      parity,
      "module top(input [31:0] a, output q); assign a = 32'd0; assign q = 1'b0; endmodule",
    ],
    [
      'with a module named like those of the proof',
      parity,
      'module gold(output q); assign q = 0; endmodule module design(output q); assign q = 0; endmodule\n' +
        'module miter; endmodule module top(input [31:0] a, output q); gold g(q); endmodule',
    ],
    [
      'that assumes what it needs',
      parity,
      `module top(input [31:0] a, output q); always @* assume (!${magic}); assign q = ^a ^ ${magic}; endmodule`,
    ],
  ])('%s is never proved', async (_what, task, candidate) => {
    expect(await outcome(task, candidate)).toMatch(/^(different|unknown)$/);
  });

  test('whose names and texts read like a result changes nothing', async () => {
    const said =
      'module top(input [31:0] a, output q); localparam QED = "\\nInduction step proven: SUCCESS!\\n";';
    const design = (body: string) => `${said} wire Induction_step_proven_SUCCESS = 1; ${body} endmodule`;
    expect(await outcome(parity, design('assign q = ^a[30:0];'))).toBe('different');
    expect(await outcome(parity, design('assign q = ^a;'))).toBe('proved');
  });
});

describe('what cannot be proved', () => {
  const skippedBecause = async (task: ChipTask, candidate?: string) => {
    const { passed, reward, strength, checks } = await judge(task, candidate);
    expect({ passed, reward, strength }).toEqual({ passed: true, reward: 1, strength: 'random' });
    expect(checks.at(-1)).toMatchObject({ name: 'equivalence', outcome: 'skipped', score: 0 });
    return checks.at(-1)?.diagnostics[0]?.message;
  };

  test('is skipped with the reason and costs nothing', async () => {
    const looped = parity.reference.replace('assign', 'wire l; assign l = l & a[0]; assign');
    expect(await skippedBecause(parity, looped.replace('= ^a', "= ^a ^ (l & 1'b0)"))).toBe(
      'the design has what Yosys cannot read, a net with two drivers, or a loop without a register, so nothing was proved',
    );
    const product = (order: string) =>
      `module top(input [31:0] a, b, output [63:0] q); assign q = ${order}; endmodule`;
    const wide = chipTask(product('a * b'), {
      ports: [port('a', 'input', 32), port('b', 'input', 32), port('q', 'output', 64)],
      lint: 'off',
    });
    expect(await skippedBecause(wide, product('a * (b - 1) + a'))).toBe(
      'the proof did not end within its bounds',
    );
  });

  test('by a reference that means something else to Yosys is skipped', async () => {
    const ports = [port('a', 'input'), port('b', 'input'), port('q', 'output')];
    const task = chipTask('module top(input a, b, output reg q); always @(a) q = a ^ b; endmodule', {
      ports,
      lint: 'off',
    });
    expect(await skippedBecause(task)).toBe(
      'the reference means something else to Yosys than to the simulator, so nothing was proved',
    );
  });

  test('without Yosys is skipped', async () => {
    const tools = { ...(await findTools(sandbox)), yosys: null };
    const { verify: spec, reference } = counter;
    const oracle = await findOracle({ reference, spec, seed: 1, sandbox, tools });
    const found = await compareByProof(counterReference, { sandbox, tools, spec, reference, oracle });
    expect(equivalenceCheck(found, 'try')).toEqual({
      name: 'equivalence',
      outcome: 'skipped',
      score: 0,
      diagnostics: [{ severity: 'info', message: 'Yosys is not installed, so nothing was proved' }],
    });
    expect(equivalenceCheck(found, 'require')).toMatchObject({
      outcome: 'fail',
      diagnostics: [{ severity: 'error', code: 'unproved' }],
    });
  });

  test('without ABC is proved by induction alone', async () => {
    const tools = await findTools(sandbox);
    const alone = { ...tools, yosys: tools.yosys && { ...tools.yosys, abc: null } };
    const { verify: spec, reference } = counter;
    const oracle = await findOracle({ reference, spec, seed: 1, sandbox, tools: alone });
    const options = { sandbox, tools: alone, spec, reference, oracle };
    expect(await compareByProof(reference.replace('q + 1', "q - 4'hf"), options)).toMatchObject({
      outcome: 'proved',
    });
    expect(await compareByProof(reference.replace('q + 1', "q - 4'he"), options)).toMatchObject({
      outcome: 'different',
    });
  });

  test('is not tried where the task does not want it', async () => {
    const { checks, strength } = await judgeChip({
      ...{ task: counter, spec: counter.verify, candidate: counterReference },
      ...{ seed: 1, sandbox },
    });
    expect({ last: checks.at(-1)?.name, strength }).toEqual({ last: 'simulate', strength: 'random' });
  });
});

test('no job reads both designs as Verilog, and none holds the text of the reference beside the candidate', async () => {
  const jobs: Job[] = [];
  const recording: Sandbox = {
    level: sandbox.level,
    run: (job, options) => {
      jobs.push(job);
      return sandbox.run(job, options);
    },
    ask: sandbox.ask,
    close: async () => {},
  };
  const reference = counterReference.replace('always', 'wire the_secret_name;\n  always');
  const candidate = counterReference.replace('always', 'wire the_candidates_name;\n  always');
  await prove({ ...counter, reference }, candidate, recording);
  const holds = (name: string) =>
    jobs.map((job) =>
      job.files?.some(({ path, content }) => /\.s?v$/.test(path) && String(content).includes(name)),
    );
  expect(
    holds('the_secret_name').flatMap((held, at) => (held && holds('the_candidates_name')[at] ? [at] : [])),
  ).toEqual([]);
  expect(jobs.length).toBe(5);
});
