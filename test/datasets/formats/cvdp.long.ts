import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { packageRoot } from '../../../verifiers/paths.ts';
import { bothSay, tasksById, useOwnCache, useSandbox } from './chip-sets.ts';

/** A real cocotb from PyPI, kept between runs; undefined where it cannot be had. */
const cocotb = vi.hoisted(() => {
  const folder = process.env.ASSAY_COCOTB ?? '/tmp/assay-tests-cocotb';
  process.env.ASSAY_COCOTB = folder;
  return folder;
});

function install(): boolean {
  if (existsSync(join(cocotb, 'cocotb'))) return true;
  try {
    const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
    const words = ['-m', 'pip', 'install', '--quiet', '--target', cocotb, 'cocotb==2.0.1', 'pytest==8.3.2'];
    execFileSync(python, words, { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

const data = join(process.env.ASSAY_DATA ?? join(packageRoot, '../shared/data'), 'cvdp');

describe.skipIf(!install())('CVDP with cocotb (skipped where PyPI cannot be reached)', () => {
  useOwnCache();
  const { sandbox } = useSandbox();

  test('a task with a solution is judged by ours, with what the harness did to it first, and by the harness', async () => {
    const tasks = await tasksById('cvdp+theirs:cvdp/small.jsonl');
    for (const id of ['cvdp_copilot_tally_0001', 'cvdp_agentic_tally_0003']) {
      const task = tasks.get(id);
      const right = task?.reference;
      expect(await bothSay(task, right, sandbox())).toEqual({ ours: 'pass', theirs: 'pass', reward: 1 });
      const wrong = right?.replace('else if (step)', 'else');
      expect(await bothSay(task, wrong, sandbox())).toMatchObject({
        ours: expect.stringMatching(/^simulate/),
        theirs: 'their bench found it wrong',
      });
    }
  });

  test('a task of several files is judged both ways, whatever the form of the answer', async () => {
    const tasks = await tasksById('cvdp+theirs:cvdp/small.jsonl');
    for (const id of ['cvdp_copilot_tally_0005', 'cvdp_agentic_tally_0006']) {
      const task = tasks.get(id);
      const right = task?.reference ?? '';
      expect(await bothSay(task, right, sandbox())).toEqual({ ours: 'pass', theirs: 'pass', reward: 1 });
      const [, adder = '', tally = ''] = right.split(/^\/\/ file: .*\n/m);
      const asJson = JSON.stringify({ 'rtl/tally.sv': tally, 'rtl/add_one.sv': adder });
      expect(await bothSay(task, asJson, sandbox())).toEqual({ ours: 'pass', theirs: 'pass', reward: 1 });
      expect(await bothSay(task, `${tally}\n${adder}`, sandbox())).toEqual({
        ours: 'pass',
        theirs: 'pass',
        reward: 1,
      });
      const elsewhere = `// file: rtl/tally.sv\n${tally}// file: src/test_runner.py\n${adder}`;
      expect(await bothSay(task, elsewhere, sandbox())).toMatchObject({
        ours: expect.stringMatching(/^elaborate: .*add_one/),
        theirs: 'the design does not compile by itself',
        reward: 0,
      });
      expect(await bothSay(task, right.replace('a + 1', 'a + 2'), sandbox())).toMatchObject({
        ours: expect.stringMatching(/^simulate/),
        theirs: 'their bench found it wrong',
      });
    }
  });

  test('a task without a solution is judged by the harness, whose files no answer can replace', async () => {
    const tasks = await tasksById('cvdp:cvdp/small.jsonl');
    const bare = tasks.get('cvdp_copilot_tally_0002');
    const right = tasks.get('cvdp_copilot_tally_0001')?.reference ?? '';
    expect(await bothSay(bare, right, sandbox())).toMatchObject({ ours: 'pass', reward: 1 });
    const wrong = right.replace('count <= 0', 'count <= 1');
    expect(await bothSay(bare, wrong, sandbox())).toMatchObject({
      theirs: 'their bench found it wrong',
      reward: 0,
    });
    const forged = JSON.stringify({
      'rtl/tally.sv': wrong,
      'src/test_runner.py': 'def test_nothing():\n    print("** TESTS=1 PASS=1")\n',
      'src/.env': 'TOPLEVEL = tally',
      '../src/test_tally.py': '',
    });
    expect(await bothSay(bare, forged, sandbox())).toMatchObject({
      theirs: 'their bench found it wrong',
      reward: 0,
    });
    const honest = JSON.stringify({ code: [{ 'rtl/tally.sv': right }] });
    expect(await bothSay(bare, honest, sandbox())).toMatchObject({ reward: 1 });
    expect(await bothSay(bare, right.replace('wire', 'initial $finish;\n  wire'), sandbox())).toMatchObject({
      ours: expect.stringMatching(/^gate/),
      reward: 0,
    });
  });

  test.skipIf(!existsSync(data))('the solutions that CVDP gives pass ours and its own harness', async () => {
    for (const kind of ['agentic', 'nonagentic']) {
      const file = `cvdp_v1.1.0_example_${kind}_code_generation_no_commercial_with_solutions.jsonl`;
      for (const task of (await tasksById(`cvdp+theirs:${join(data, file)}`)).values())
        expect(await bothSay(task, task.reference, sandbox())).toEqual({
          ours: 'pass',
          theirs: 'pass',
          reward: 1,
        });
    }
  });
});
