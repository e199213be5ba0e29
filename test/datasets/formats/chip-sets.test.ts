import { expect, test } from 'vitest';
import { loadTasks } from '../../../datasets/load.ts';
import { designSpecOf } from '../../../verifiers/task.ts';
import { bothSay, fixtures, tasksById, useOwnCache, useSandbox } from './chip-sets.ts';

useOwnCache();
const { sandbox } = useSandbox();

/** What ours and theirs say of the reference of each task. */
async function referencesOf(selector: string): Promise<Record<string, string[]>> {
  const said: Record<string, string[]> = {};
  for (const [id, task] of await tasksById(selector)) {
    const { ours, theirs } = await bothSay(task, task.reference, sandbox());
    said[id] = [ours, theirs];
  }
  return said;
}

test('VerilogEval 1: the reference is taken out of the bench, an answer may go on from the header', async () => {
  const problems: string[] = [];
  const [task] = await loadTasks('verilog-eval-v1+theirs:verilog-eval-v1/VerilogEval_Small.jsonl', {
    cwd: fixtures,
    onProblems: (found) => problems.push(...found),
  });
  expect(problems).toEqual([expect.stringMatching(/VerilogEval_Small.jsonl:2: task_id: no description/)]);
  expect(task?.prompt).toMatch(/^A flip-flop: q takes d.*\n\nmodule top_module/);
  const body = '  always @(posedge clk) q <= d;\nendmodule';
  expect(await bothSay(task, body, sandbox())).toMatchObject({ ours: 'pass', theirs: 'pass' });
  expect(await bothSay(task, body.replace('posedge', 'negedge'), sandbox())).toMatchObject({
    ours: expect.stringMatching(/^simulate/),
    theirs: 'their bench found it wrong',
  });
});

test('RTLLM: the name that counts is the one that the bench instantiates, data files lie beside it', async () => {
  const tasks = await tasksById('rtllm+theirs:rtllm');
  const facts = [...tasks.values()].map(({ id, verify }) => {
    return { id, top: designSpecOf(verify)?.top, reset: designSpecOf(verify)?.reset?.kind };
  });
  expect(facts).toEqual([
    { id: 'adder_bcd2', top: 'adder_digit', reset: undefined },
    { id: 'toggle', top: 'toggle_bit', reset: 'async' },
  ]);
  expect(await referencesOf('rtllm+theirs:rtllm')).toEqual({
    adder_bcd2: ['pass', 'pass'],
    toggle: ['pass', 'pass'],
  });
  const toggle = tasks.get('toggle');
  const sync = toggle?.reference.replace(' or negedge rst_n', '');
  // Their bench resets before the first edge alone.
  expect(await bothSay(toggle, sync, sandbox())).toMatchObject({
    ours: expect.stringMatching(/^simulate/),
    theirs: 'pass',
  });
});

test('AutoBench: mutants stand beside the task', async () => {
  const task = (await tasksById('autobench+theirs:autobench/small.jsonl')).get('hold_bit');
  expect(task?.mutants.map(({ name }) => name)).toEqual(['mutant-1.v', 'mutant-2.v']);
  expect(await bothSay(task, task?.reference, sandbox())).toMatchObject({ ours: 'pass', theirs: 'pass' });
  for (const { text } of task?.mutants ?? [])
    expect(await bothSay(task, text, sandbox())).toMatchObject({ ours: expect.stringMatching(/^simulate/) });
});

test('ResBench: without a reference the bench is the judge, behind the gate, and must have teeth', async () => {
  const tasks = await tasksById('resbench:resbench.json');
  const parity = tasks.get('parity');
  const right = 'module parity(input [3:0] in, output out);\n  assign out = ^in;\nendmodule';
  expect(await bothSay(parity, right, sandbox())).toEqual({ ours: 'pass', theirs: 'pass', reward: 1 });
  expect(await bothSay(parity, '  assign out = ^in;\nendmodule', sandbox())).toMatchObject({ reward: 1 });
  expect(await bothSay(parity, right.replace('^in', '&in'), sandbox())).toMatchObject({ reward: 0 });
  const forged = 'initial $display("All tests passed");\nendmodule';
  expect(await bothSay(parity, right.replace('endmodule', forged), sandbox())).toMatchObject({
    ours: expect.stringMatching(/^gate/),
    reward: 0,
  });
  expect(await bothSay(tasks.get('half'), right.replace('parity', 'half'), sandbox())).toMatchObject({
    ours: expect.stringMatching(/^TASK_REFERENCE_FAILED: the bench of the task passes/),
    reward: null,
  });
});

test('ResBench: a header that holds the answer is the reference, and stays out of the prompt', async () => {
  const task = (await tasksById('resbench:resbench.json')).get('inverse');
  expect(task?.prompt).not.toContain('~a');
  expect(await bothSay(task, task?.reference, sandbox())).toMatchObject({ ours: 'pass', reward: 1 });
});

test('CVDP: the file that an answer gives, what is shown beside it, and rows of other kinds', async () => {
  const problems: string[] = [];
  const onProblems = (found: readonly string[]) => problems.push(...found);
  const tasks = await loadTasks('cvdp:cvdp/small.jsonl', { cwd: fixtures, onProblems });
  expect(problems).toEqual([expect.stringMatching(/small.jsonl:4: it has no harness/)]);
  const [plain, bare, agentic] = tasks;
  expect(plain?.verify).toMatchObject({
    top: 'tally',
    clock: { port: 'clk' },
    reset: { port: 'rst_n', kind: 'async', active: 'low' },
    bench: { kind: 'cocotb', targets: ['rtl/tally.sv'], runner: 'src/test_runner.py' },
  });
  expect(plain?.prompt).toContain('File `rtl/add_one.sv`');
  expect(bare?.reference).toBe('');
  expect(`${agentic?.reference}\n`).toBe(plain?.reference);
  const [row] = await loadTasks('nemo-gym-cvdp:nemo-gym-cvdp.jsonl', { cwd: fixtures });
  expect(row?.verify).toEqual(bare?.verify);
});

test('CVDP: an answer of several files is one text, in the order in which the harness compiles them', async () => {
  const tasks = await tasksById('cvdp:cvdp/small.jsonl');
  const [plain, two, agentic] = ['copilot_tally_0001', 'copilot_tally_0005', 'agentic_tally_0006'].map((id) =>
    tasks.get(`cvdp_${id}`),
  );
  const targets = ['rtl/add_one.sv', 'rtl/tally.sv'];
  expect(two?.verify).toMatchObject({ top: 'tally', bench: { targets, given: {} } });
  expect(two?.prompt).toMatch(/`\/\/ file: rtl\/add_one.sv`, `\/\/ file: rtl\/tally.sv`\.\n$/);
  const [adder, tally] = [
    'module add_one (input [3:0] a, output [3:0] y);\n  assign y = a + 1;\nendmodule\n',
    plain?.reference,
  ];
  expect(two?.reference).toBe(`// file: rtl/add_one.sv\n${adder}// file: rtl/tally.sv\n${tally}`);
  // The agentic row changes one of the files that it shows.
  expect(agentic?.reference).toBe(two?.reference);
  expect(agentic?.prompt).toContain('assign y = a - 1');
});

test('a harness without cocotb is no verdict, and names the remedy', async () => {
  const bare = (await tasksById('cvdp:cvdp/small.jsonl')).get('cvdp_copilot_tally_0002');
  if (process.env.ASSAY_COCOTB) return;
  expect(await bothSay(bare, 'module tally; endmodule', sandbox())).toMatchObject({
    ours: expect.stringMatching(/^TOOL_MISSING: .*assay tools cocotb/),
    reward: null,
  });
});
