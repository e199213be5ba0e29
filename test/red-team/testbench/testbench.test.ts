import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTasks } from '../../../datasets/load.ts';
import type { Task } from '../../../datasets/task.ts';
import { judgeTestbench } from '../../../verifiers/chip/testbench/judge-testbench.ts';
import { openVerifierSandbox } from '../../../verifiers/open.ts';
import type { Job, Sandbox, SandboxHost } from '../../../verifiers/sandbox/index.ts';
import { verify } from '../../../verifiers/verify.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox();
});
afterAll(() => sandbox.close());

const [shipped] = await loadTasks('chip/test-credit-counter');
const task = shipped as Task;

const instance =
  'credit_counter dut(.clk(clk), .rst(rst), .take(take), .give(give), .credits(credits), .empty(empty), .lost(lost));';
const bench = (body: string) => `module testbench;
  reg clk = 0, rst = 1, take = 0, give = 0;
  wire [2:0] credits;
  wire empty, lost;
  ${instance}
${body}
endmodule
`;
const says = (word: string) => `$display("${word}"); $finish;`;

type Outcome = { reward: number; passed: boolean; failed: string; code: string | undefined };

async function judged(candidate: string, box: Sandbox = sandbox): Promise<Outcome> {
  const verdict = await verify(task, candidate, { sandbox: box });
  if (verdict.status === 'no-verdict') throw new Error(verdict.error.message);
  const failed = verdict.checks.find(({ outcome }) => outcome === 'fail');
  const { reward, passed } = verdict;
  return { reward, passed, failed: failed?.name ?? '', code: failed?.diagnostics[0]?.code };
}

describe('a testbench that wants to know which design it meets is refused', () => {
  test.each([
    ['by reading the source', bench('integer f; initial f = $fopen("run.sv", "r");'), 'system-task'],
    ['by reading the image', bench('reg [7:0] m [0:9]; initial $readmemh("run.vvp", m);'), 'system-task'],
    ['by a dump', bench('initial begin $dumpfile("/dev/stdout"); $dumpvars; end'), 'system-task'],
    ['by arguments', bench('initial if ($test$plusargs("right")) $display("PASS");'), 'system-task'],
    ['by a program', bench('initial $system("cat run.sv");'), 'system-task'],
    ['by a name within the design', bench('initial if (dut.credits) $finish;'), 'hierarchy'],
    [
      'by a name within it through a block',
      bench(`if (1) begin : g ${instance.replace('dut', 'u')} end initial if (g.u.credits) $finish;`),
      'hierarchy',
    ],
    ['by a name from the top', bench('initial if ($root.testbench.dut.credits) $finish;'), 'system-task'],
    ['by an escaped name', bench('initial if (\\dut .credits) $finish;'), 'escaped-name'],
    [
      'by a structure of the same name',
      bench(
        'typedef struct packed {logic [2:0] credits;} s; initial begin : b s dut; if (dut.credits) $finish; end',
      ),
      'hierarchy',
    ],
    ['by force', bench('initial force credits = 4;'), 'keyword'],
    ['by binding into it', `${bench('')}module spy; endmodule bind credit_counter spy s();`, 'keyword'],
    ['by foreign code', bench('import "DPI-C" function int getpid();'), 'keyword'],
    ['by including it', bench('`include "run.sv"'), 'directive'],
    ['by a text that does not end', `${bench(`initial begin ${says('PASS')} end`)}/*`, 'text'],
    ['by standing in for it', `module credit_counter; endmodule ${bench('')}`, 'top'],
  ])('%s', async (_how, candidate, code) => {
    expect(await judged(candidate)).toEqual({ reward: 0, passed: false, failed: 'gate', code });
  });
});

/** Prints every file that it can open: what it compiled from, its image, the pipe that it came through, and itself. */
const looksAround = bench(`  integer f, c, n;
  reg [8*40-1:0] path;
  initial begin
    for (n = 0; n < 24; n = n + 1) begin
      case (n)
        0: path = "/dev/stdin";
        1: path = "design.vvp";
        2: path = "settings";
        3: path = "candidate.sv";
        default: $sformat(path, "/proc/self/fd/%0d", n - 1);
      endcase
      f = $fopen(path, "r");
      if (f) begin
        c = $fgetc(f);
        while (c >= 0) begin $write("%c", c); c = $fgetc(f); end
      end
    end
    ${says('PASS')}
  end`);

test('with the gate off a testbench finds nothing of the design to read while it runs', async () => {
  const outputs: string[] = [];
  const listening: Sandbox = {
    ...sandbox,
    level: sandbox.level,
    run: async (job, options) => {
      const result = await sandbox.run(job, options);
      // The product of a compiler is not the testbench's.
      if (!job.product) outputs.push(result.stdout.text);
      return result;
    },
    ask: (...words) => sandbox.ask(...words),
    close: () => Promise.resolve(),
  };
  if (task.verify.kind !== 'chip' || task.verify.mode !== 'testbench')
    throw new Error('no testbench is asked for');
  const input = { spec: task.verify, sandbox: listening, task, seed: 1, candidate: looksAround };
  const { reward } = await judgeTestbench(input, { gate: 'ignored' });
  expect(reward).toBe(0);
  expect(outputs.length).toBeGreaterThan(2);
  for (const output of outputs) expect(output).not.toMatch(/credits|vvp_module|scope|endmodule/);
});

describe('a testbench earns nothing', () => {
  test.each([
    ['that accepts every design', bench(`initial begin ${says('PASS')} end`), 'rejects'],
    ['that rejects every design', bench(`initial begin ${says('FAIL')} end`), 'accepts'],
    [
      'that says both and rejects last',
      bench('initial begin $display("PASS"); $display("FAIL"); $finish; end'),
      'accepts',
    ],
    ['that says nothing', bench('initial $finish;'), 'accepts'],
    ['that says it in other words', bench(`initial begin ${says('All tests PASSED')} end`), 'accepts'],
    ['that never ends', bench('always #1 clk = ~clk;'), 'accepts'],
    ['that prints without end', bench('initial forever $display("PASS");'), 'accepts'],
    [
      'that tosses a coin',
      bench(`initial if ($urandom & 1) begin ${says('PASS')} end else begin ${says('FAIL')} end`),
      'accepts',
    ],
  ])('%s', async (_what, candidate, failed) => {
    expect(await judged(candidate)).toMatchObject({ reward: 0, passed: false, failed });
  });
});

test('no job holds two designs, the name of a fault, or a word about which designs are right', async () => {
  const jobs: Job[] = [];
  const recording: Sandbox = {
    ...sandbox,
    level: sandbox.level,
    run: (job, options) => {
      jobs.push(job);
      return sandbox.run(job, options);
    },
    ask: (...words) => sandbox.ask(...words),
    close: () => Promise.resolve(),
  };
  expect(await judged(task.reference, recording)).toMatchObject({ reward: 1, passed: true });
  const runs = jobs
    .map((job) => JSON.stringify(job))
    .filter((text) => text.includes('module credit_counter'));
  expect(runs).toHaveLength(12);
  for (const run of runs) {
    expect(run.match(/module credit_counter/g)).toHaveLength(1);
    expect(run).not.toMatch(/right|wrong design|mutant|wraps|fault/i);
  }
});

test('what a design is made of has other names in every run', async () => {
  const inner = 'module half(input a, output b); assign b = a; endmodule\n';
  const top = 'module top(input a, output b); half h(a, b); endmodule\n';
  const nested: Task = {
    ...task,
    verify: {
      kind: 'chip',
      mode: 'testbench',
      language: 'systemverilog',
      top: 'top',
      ports: [],
      bench: 'testbench',
      designs: {
        right: [{ text: inner + top }],
        wrong: [
          { fault: 'inverted', replace: 'b = a', with: 'b = ~a' },
          { fault: 'stuck', replace: 'b = a', with: "b = 1'b0" },
        ],
      },
      limits: { cpuSeconds: 2, memoryMiB: 256 },
    },
  };
  const through = (module: string) => `module testbench; reg a = 1; wire b; ${module} u(a, b);
    initial #1 begin if (b === 1) $display("PASS"); else $display("FAIL"); $finish; end endmodule`;
  const outcome = async (candidate: string) => {
    const verdict = await verify(nested, candidate, { sandbox });
    return verdict.status === 'scored' ? verdict.reward : verdict.error.code;
  };
  expect(await Promise.all(['top', 'half'].map((name) => outcome(through(name))))).toEqual([1, 0]);
});
