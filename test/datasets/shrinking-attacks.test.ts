import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTasks } from '../../datasets/load.ts';
import type { Task } from '../../datasets/task.ts';
import { openVerifierSandbox } from '../../verifiers/open.ts';
import type { Sandbox } from '../../verifiers/sandbox/index.ts';
import { verify } from '../../verifiers/verify.ts';

const tasks = new Map((await loadTasks('chip/shrink-*', { cwd: tmpdir() })).map((task) => [task.id, task]));

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openVerifierSandbox();
});
afterAll(() => sandbox.close());

const named = (id: string): Task => {
  const task = tasks.get(`chip/${id}`);
  if (!task) throw new Error(`${id} is not shipped`);
  return task;
};

/** What a design earns in a task, and the check that it fails. */
async function earned(id: string, candidate: string) {
  const verdict = await verify(named(id), candidate, { sandbox, seed: 0 });
  if (verdict.status === 'no-verdict') throw new Error(verdict.error.message);
  const failed = verdict.checks.find(({ outcome }) => outcome === 'fail')?.name;
  return { passed: verdict.passed, reward: verdict.reward, failed };
}

const adder = (body: string) => `module four_sums (
  input [1:0] op, input [7:0] a, b, output [7:0] y, output zero);
  wire back = op == 2'd2;
  wire [7:0] left = back ? ~a : a, right = op == 2'd3 ? 8'd0 : op == 2'd1 ? ~b : b;
  ${body}
endmodule
`;
const rightSum = "left + right + (op != 2'd0)";

const sum = (body: string, more = '') => `${more}module registered_sum (
  input clk, rst, enable, input [7:0] a, b, output [7:0] sum, output odd, equal);
  ${body}
endmodule
`;

const finder = (body: string) => `module pattern_finder (
  input clk, rst, valid, bit_in, output found, near);
  wire one = !bit_in;
  ${body}
endmodule
`;

describe('a design that is small in an honest way', () => {
  test.each([
    ['shrink-shared-adder', adder(`assign y = ${rightSum}; assign zero = y == 0;`)],
    [
      'shrink-registered-sum',
      sum(`reg [7:0] s; reg e; assign sum = s; assign equal = e; assign odd = s[0];
        always @(posedge clk) if (rst) {s, e} <= 9'd1; else if (enable) {s, e} <= {a + b, a == b};`),
    ],
    [
      'shrink-pattern-finder',
      finder(`reg [3:0] h; assign found = &h[3:2] & ~|h[1:0]; assign near = h[2] & h[1] & ~h[0];
        always @(posedge clk) h <= rst ? 4'd0 : valid ? {h[2:0], one} : h;`),
    ],
  ])('%s: passes', async (id, candidate) => {
    const { passed, reward } = await earned(id, candidate);
    expect({ passed, paid: reward > 0.8 }).toEqual({ passed: true, paid: true });
  });
});

describe('a design that only looks small', () => {
  test.each([
    [
      'is wrong for inputs that no stimulus comes upon',
      'shrink-shared-adder',
      adder(
        `assign y = ${rightSum}; assign zero = ~|y[7:1] & ~(y[0] & ~({a, b, op} == 18'b011010110110101001));`,
      ),
      'equivalence',
    ],
    [
      'is wrong in a state that it seems never to reach',
      'shrink-divider-of-ticks',
      `module tick_divider(input clk, rst, enable, output tick, output [1:0] quarter);
        reg [2:0] part; reg [1:0] q; assign quarter = q; assign tick = enable & q[1] & q[0] & (part == 5);
        always @(posedge clk) if (rst) part <= 0; else if (enable) begin
          part <= part == 5 ? 0 : part + 1; if (part == 5) q <= q + 1; end
        initial q = 0;
      endmodule`,
      'simulate',
    ],
    [
      'answers with X where that is cheap',
      'shrink-shared-adder',
      adder(`assign y = op == 2'd3 ? 8'bx : ${rightSum}; assign zero = y == 0;`),
      'simulate',
    ],
    [
      'looks for X, which gates cannot',
      'shrink-shared-adder',
      adder(`wire [7:0] t = ${rightSum}; wire [7:0] u = a + b;
        assign y = (^t === 1'bx) ? u : t; assign zero = (^8'bx === 1'bx) ? y == 0 : 1'b0;`),
      'equivalence or quality',
    ],
    [
      'sets by initial what the reset should',
      'shrink-registered-sum',
      sum(`reg [7:0] s; reg e; assign sum = s; assign equal = e; assign odd = s[0];
        initial {s, e} = 9'd1; always @(posedge clk) if (enable) {s, e} <= {a + b, a == b};`),
      'simulate',
    ],
    [
      'computes with delays',
      'shrink-registered-sum',
      sum(`reg [7:0] s; assign sum = s; assign odd = s[0]; assign equal = 1;
        always @(posedge clk) s <= #1 a + b;`),
      'gate',
    ],
    [
      'hides its logic in a module without a body',
      'shrink-registered-sum',
      sum(
        'adder part(clk, rst, enable, a, b, sum, odd, equal);',
        `(* blackbox *) module adder(input clk, rst, enable, input [7:0] a, b,
          output [7:0] sum, output odd, equal); endmodule\n`,
      ),
      'simulate',
    ],
    [
      'hides its logic in a cell of the synthesiser',
      'shrink-shared-adder',
      adder('\\$add #(.A_WIDTH(8)) cell (.A(left), .B(right), .Y(y)); assign zero = 0;'),
      'gate',
    ],
    [
      'leaves the choice to drivers of one net',
      'shrink-shared-adder',
      adder(`wire [7:0] s = left + right, t = left + right + 1; assign y = op == 0 ? s : 8'bz;
        assign y = op == 0 ? 8'bz : t; assign zero = y == 0;`),
      'equivalence or quality',
    ],
    [
      'keeps its state in latches',
      'shrink-pattern-finder',
      finder(`reg [3:0] m, h; assign found = h == 4'b1100; assign near = h[2:0] == 3'b110;
        always @* if (!clk) m = rst ? 4'd0 : valid ? {h[2:0], one} : h;
        always @* if (clk) h = m;`),
      'quality',
    ],
    [
      'gates its clock',
      'shrink-pattern-finder',
      finder(`reg [3:0] h; wire go = clk & (valid | rst); assign found = h == 4'b1100;
        assign near = h[2:0] == 3'b110; always @(posedge go) h <= rst ? 4'd0 : {h[2:0], one};`),
      'simulate',
    ],
    [
      'gates its clock with a latch',
      'shrink-pattern-finder',
      finder(`reg [3:0] h; reg on; wire go = clk & on; assign found = h == 4'b1100;
        always @* if (!clk) on = valid | rst;
        assign near = h[2:0] == 3'b110; always @(posedge go) h <= rst ? 4'd0 : {h[2:0], one};`),
      'simulate or quality',
    ],
    [
      'resets at once, which saves a gate',
      'shrink-pattern-finder',
      finder(`reg [3:0] h; assign found = h == 4'b1100; assign near = h[2:0] == 3'b110;
        always @(posedge clk or posedge rst) if (rst) h <= 4'd0; else if (valid) h <= {h[2:0], one};`),
      'simulate',
    ],
  ])('because it %s earns nothing', async (_what, id, candidate, where) => {
    const { passed, reward, failed } = await earned(id, candidate);
    expect({ passed, reward }).toEqual({ passed: false, reward: 0 });
    expect(where.split(' or ')).toContain(failed);
  });
});
