import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareTraces } from '../../../verifiers/chip/comparison/compare-traces.ts';
import { runDesign } from '../../../verifiers/chip/icarus/run-design.ts';
import { findTools } from '../../../verifiers/chip/icarus/tools.ts';
import { makePlan } from '../../../verifiers/chip/stimulus/stimulus.ts';
import { judgeChip } from '../../../verifiers/chip/verify-chip.ts';
import { openVerifierSandbox } from '../../../verifiers/open.ts';
import { packageRoot } from '../../../verifiers/paths.ts';
import type { Job, Sandbox, SandboxHost } from '../../../verifiers/sandbox/index.ts';
import { chipTask, counter, counterReference, port } from './chip-task.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(() => sandbox.close());

/** The sandbox, with a list of the jobs that go into it. */
function watched(): { sandbox: Sandbox; jobs: Job[] } {
  const jobs: Job[] = [];
  const run: Sandbox['run'] = (job, options) => {
    jobs.push(job);
    return sandbox.run(job, options);
  };
  return { sandbox: { level: sandbox.level, run, ask: sandbox.ask, close: async () => {} }, jobs };
}

const reference = counterReference.replace(
  'always @(posedge clk)',
  'wire the_secret_name;\n  always @(posedge clk)',
);
const task = { ...counter, reference };
const input = { task, spec: task.verify, candidate: counterReference, seed: 11 };

test('the candidate runs without the reference, its trace and the stimulus on disk, and the reference without the candidate', async () => {
  await findTools(sandbox);
  const { sandbox: recording, jobs } = watched();
  const judgement = await judgeChip({ ...input, sandbox: recording });
  expect(judgement.passed).toBe(true);
  const holds = (job: Job | undefined, text: string) =>
    JSON.stringify([job?.argv, job?.files, job?.env, job?.exchange]).includes(text);
  const { rows } = makePlan(task.verify, 11);
  const stimulus = rows.map((row) => `${row}\n`).join('');
  // Of each design, one job compiles and one simulates.
  expect(jobs.map((job) => holds(job, 'the_secret_name'))).toEqual([true, false, false, false]);
  expect(jobs.map((job) => job.stdin)).toEqual([undefined, stimulus, undefined, stimulus]);
  expect(jobs.some((job) => holds(job, `${rows[0]}\\n${rows[1]}`))).toBe(false);
});

const bench = {
  kind: 'verilog' as const,
  text: `module the_bench; reg clk = 0, reset = 1, up = 0; wire [3:0] q;
  top dut(clk, reset, up, q);
  always #5 clk = ~clk;
  initial begin #12 reset = 0; up = 1; #100 if (q === 10) $display("RIGHT"); $finish; end
endmodule`,
  top: 'the_bench',
  passes: 'RIGHT',
  fails: [],
  files: {},
};

test('the bench of a public set shares a job with the candidate only where it reports beside our verdict', async () => {
  await findTools(sandbox);
  const { sandbox: recording, jobs } = watched();
  const judged = async (report: boolean, candidate: string) => {
    const spec = { ...task.verify, bench: { ...bench, report } };
    return judgeChip({ ...input, spec, candidate, seed: 13, sandbox: recording });
  };
  const candidate = counterReference.replace('always', 'wire the_candidate;\n  always');
  const { passed, isolation } = await judged(false, candidate);
  expect({ passed, isolation }).toEqual({ passed: true, isolation: 'split' });
  const shares = () =>
    jobs.map(({ files }) =>
      ['the_bench', 'the_secret_name', 'the_candidate'].filter((word) =>
        JSON.stringify(files).includes(word),
      ),
    );
  const recorded = ['the_bench', 'the_secret_name'];
  expect(shares()).toEqual([recorded, ['the_secret_name'], [], ['the_candidate'], []]);
  const beside = await judged(true, candidate);
  expect(shares().slice(5)).toEqual([['the_candidate'], [], ['the_bench', 'the_candidate']]);
  expect(beside.checks.at(-1)).toMatchObject({
    name: 'theirs',
    outcome: 'pass',
    weight: 0,
    evidence: { isolation: 'shared', passesReference: true },
  });
  const wrong = await judged(true, candidate.replace('q + 1', 'q + 3'));
  expect(wrong).toMatchObject({ reward: 0, passed: false, isolation: 'split' });
});

test('the reference is simulated once for all that ask at the same time', async () => {
  const { sandbox: recording, jobs } = watched();
  const ask = () => judgeChip({ ...input, seed: 12, sandbox: recording });
  const judgements = await Promise.all([ask(), ask(), ask()]);
  expect(jobs.length).toBe(2 * 4);
  await ask();
  expect(jobs.length).toBe(2 * 5);
  expect(judgements.map(({ reward }) => reward)).toEqual([1, 1, 1]);
});

test('a reference that failed is tried again by the next who asks', async () => {
  const { sandbox: recording, jobs } = watched();
  const broken = { ...task, reference: 'module top(' };
  const ask = () => judgeChip({ ...input, task: broken, sandbox: recording }).catch(({ code }) => code);
  expect([await ask(), await ask(), jobs.length]).toEqual([
    'TASK_REFERENCE_FAILED',
    'TASK_REFERENCE_FAILED',
    // Under the driver and alone.
    2 * 2,
  ]);
});

test('who is cancelled goes at once, and those who wait for the same reference are served', async () => {
  const cancel = new AbortController();
  const gone = judgeChip({ ...input, seed: 13, sandbox, signal: cancel.signal }).catch(({ code }) => code);
  const stays = judgeChip({ ...input, seed: 13, sandbox });
  cancel.abort();
  expect(await gone).toBe('CANCELLED');
  expect((await stays).reward).toBe(1);
});

test('the driver has other names in each run, and messages never show them', async () => {
  const { sandbox: recording, jobs } = watched();
  const candidate = counterReference.replace('up)', 'u)');
  const first = await judgeChip({ ...input, candidate, sandbox: recording });
  const second = await judgeChip({ ...input, candidate, sandbox: recording });
  const drivers = jobs.flatMap(
    (job) => /module (driver_\w+)/.exec(String(job.files?.[0]?.content))?.[1] ?? [],
  );
  expect(drivers.length).toBe(2);
  expect(new Set(drivers).size).toBe(2);
  expect(JSON.stringify(first)).not.toMatch(/driver|design_/);
  expect(second).toEqual(first);
});

test("the compiler's front end gives the same trace as the compiler proper", async () => {
  const tools = await findTools(sandbox);
  const plan = makePlan(counter.verify, 1);
  const options = { sandbox, spec: counter.verify, plan };
  const direct = await runDesign(counterReference, { ...options, tools });
  const plain = await runDesign(counterReference, {
    ...options,
    tools: { ...tools, icarus: { ...tools.icarus, direct: null } },
  });
  expect(tools.icarus.direct).not.toBe(null);
  expect(plain).toEqual(direct);
});

test('a program started cold, as without the sandbox, judges the same', async () => {
  const cold = await openVerifierSandbox({ slots: 1, unsafe: true });
  try {
    for (const candidate of [counterReference, 'module top; endmodule', counterReference.replace('+', '-')]) {
      const judgement = await judgeChip({ ...input, candidate, sandbox });
      expect(await judgeChip({ ...input, candidate, sandbox: cold })).toEqual(judgement);
    }
  } finally {
    await cold.close();
  }
});

test('wide ports and unknown levels are driven and sampled as they are', async () => {
  const wide = chipTask(
    'module top(input [4095:0] a, input b, output [4095:0] q, output r); assign q = ~a; assign r = b; endmodule',
    {
      ports: [port('a', 'input', 4096), port('b', 'input'), port('q', 'output', 4096), port('r', 'output')],
      stimulus: {
        directed: [{ set: { a: `0x${'5'.repeat(1024)}`, b: '0bx' } }, { set: { b: '0bz' } }],
        random: { cycles: 3 },
      },
    },
  );
  const compared = await compareTraces(wide, wide.reference, { sandbox });
  expect(compared?.mismatches).toEqual([]);
  expect(compared?.got.split('\n').slice(0, 2)).toEqual([
    `${'01'.repeat(2048)}x${'10'.repeat(2048)}x`,
    `${'01'.repeat(2048)}z${'10'.repeat(2048)}z`,
  ]);
});

test('traces are compared for people as far as a candidate comes', async () => {
  const wrong = counterReference.replace('q + 1', 'q + 3');
  const compared = await compareTraces(counter, wrong, { sandbox, seed: 1 });
  expect(compared?.first?.expected).toEqual({ q: '0001' });
  expect(await compareTraces(counter, 'module top', { sandbox })).toBe(undefined);
});

test('missing tools are found missing', () => {
  const program = join(packageRoot, 'verifiers/chip/programs/probe_tools.py');
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
    encoding: 'utf8',
  }).trim();
  const found = execFileSync(python, [program], { encoding: 'utf8', env: { PATH: '/nonexistent' } });
  expect(JSON.parse(found)).toEqual({ icarus: null, verilator: null, yosys: null });
});
