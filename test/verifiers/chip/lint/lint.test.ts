import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileAlone } from '../../../../verifiers/chip/icarus/compile-alone.ts';
import { findTools } from '../../../../verifiers/chip/icarus/tools.ts';
import { lint } from '../../../../verifiers/chip/lint/lint.ts';
import { judgeChip } from '../../../../verifiers/chip/verify-chip.ts';
import { openVerifierSandbox } from '../../../../verifiers/open.ts';
import type { CheckResult } from '../../../../verifiers/rubric.ts';
import type { SandboxHost } from '../../../../verifiers/sandbox/index.ts';
import { chipTask, counter, port } from '../chip-task.ts';
import { variants, verilogEvalReferences } from '../verilog-eval.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(() => sandbox.close());

const { verify: plain } = chipTask('', {
  ports: [port('a', 'input', 8), port('y', 'output', 8)],
  lint: 'gate',
});

async function linted(text: string, without: 'nothing' | 'verilator' = 'nothing'): Promise<CheckResult> {
  const found = await findTools(sandbox);
  const tools = without === 'verilator' ? { ...found, verilator: null } : found;
  const context = { sandbox, tools, spec: plain };
  return lint(text, () => compileAlone(text, context), context);
}

const top = (body: string) =>
  `module top(input clk, input [7:0] a, output reg [7:0] y);\n${body}\nendmodule\n`;

/** What is told of a design: its outcome, its score, the code and the line of each finding. */
async function summary(body: string): Promise<unknown[]> {
  const { outcome, score, diagnostics } = await linted(top(body));
  return [outcome, score, ...diagnostics.map(({ code, line }) => `${code}@${line}`)];
}

describe('a design', () => {
  test.each<[string, string, unknown[]]>([
    ['without a fault', "always @* y = a + 8'd1;", ['pass', 1]],
    [
      'that assigns a wire in a process',
      'wire [7:0] w; always @* w = a; always @* y = w;',
      ['fail', 0, 'PROCASSWIRE@2'],
    ],
    ['with a latch', 'always @* if (a[0]) y = a;', ['pass', 0.7, 'LATCH@2']],
    ['that blocks in a clocked process', 'always @(posedge clk) y = a;', ['pass', 0.9, 'BLKSEQ@2']],
    [
      'that truncates twice',
      "always @* y = a +\n 9'd1;\nwire [3:0] t = a;",
      ['pass', 0.8, 'WIDTH@2', 'WIDTH@4'],
    ],
    ['with an unused signal and its own name', 'wire [7:0] t = ~a; always @* y = a;', ['pass', 1]],
    [
      'that selects what is not there, which both tools find once',
      'always @* y = {a[6:0], a[9]};',
      ['pass', 0.7, 'SELRANGE@2'],
    ],
    ['that never runs, which Icarus alone finds', "always @* y = 8'd7;", ['pass', 0.7, 'NOSENSE@2']],
  ])('%s', async (_what, body, expected) => {
    expect(await summary(body)).toEqual(expected);
  });
});

test('the linter reads the canonical text, in which nothing silences it', async () => {
  const { ports } = plain;
  const hushed = 'module top(input [7:0] a, output reg [7:0] y); /* verilator lint_off LATCH */\n';
  const candidate = `${hushed}always @* if (a[0]) y = a;\nendmodule`;
  const reference = 'module top(input [7:0] a, output [7:0] y);\nassign y = a;\nendmodule';
  const task = chipTask(reference, { ports });
  const { checks } = await judgeChip({ spec: task.verify, sandbox, task, seed: 1, candidate });
  expect(checks.find(({ name }) => name === 'lint')?.diagnostics).toMatchObject([{ code: 'LATCH' }]);
});

test('what a design cannot be linted for costs, and is no failure', async () => {
  const both = 'reg q; always @* y = {8{q}};\nalways @(posedge clk) q <= a[0];\nalways @(a) q = a[1];';
  const { outcome, score, diagnostics } = await linted(top(both));
  expect({ outcome, lowered: score < 1, code: diagnostics[0]?.code }).toEqual({
    outcome: 'pass',
    lowered: true,
    code: 'BLKANDNBLK',
  });
});

test('without Verilator the check is skipped, says so, and tells what Icarus warns of', async () => {
  const message = 'Verilator is not installed, so the design was not linted';
  expect(await linted(top("always @* y = 9'h1ff;"), 'verilator')).toMatchObject({
    name: 'lint',
    outcome: 'skipped',
    score: 0,
    diagnostics: [
      { severity: 'info', message },
      { severity: 'warning', code: 'NOSENSE', line: 2 },
    ],
  });
});

test('a lint that weighs lowers the reward, and warnings stand with the check alone', async () => {
  const rubric = { lint: { weight: 1, gate: false }, simulate: { weight: 1, gate: true } };
  const task = { ...counter, verify: { ...counter.verify, lint: 'report' as const }, rubric };
  const candidate = counter.reference.replace('q <= q + 1', "q <= q + 9'd1");
  const { reward, passed, checks } = await judgeChip({
    spec: task.verify,
    sandbox,
    task,
    seed: 1,
    candidate,
  });
  expect({ reward, passed }).toEqual({ reward: 0.95, passed: true });
  expect(checks.map(({ name, diagnostics }) => [name, diagnostics.map(({ code }) => code)])).toEqual([
    ['gate', []],
    ['lint', ['WIDTH', 'WIDTH']],
    ['elaborate', []],
    ['simulate', []],
  ]);
});

const references = new Map(variants.flatMap(verilogEvalReferences).map(({ name, text }) => [text, name]));

test.skipIf(references.size === 0)(
  'no reference of VerilogEval fails by lint (skipped where the data is absent)',
  async () => {
    const found = await findTools(sandbox);
    const spec = { ...plain, top: 'RefModule' };
    const failed: string[] = [];
    const judged = [...references].map(async ([text, name]) => {
      const context = { sandbox, tools: found, spec };
      const { outcome, diagnostics } = await lint(text, () => compileAlone(text, context), context);
      if (outcome !== 'pass') failed.push(`${name}: ${diagnostics[0]?.message}`);
    });
    await Promise.all(judged);
    expect(failed).toEqual([]);
  },
  180_000,
);
