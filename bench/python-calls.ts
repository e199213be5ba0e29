import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTasks } from '../datasets/load.ts';
import type { Task } from '../datasets/task.ts';
import { type CallCase, hasPlainCalls } from '../verifiers/code/calls/spec.ts';
import { parseWire } from '../verifiers/code/parse-wire.ts';
import { dialects } from '../verifiers/code/values.ts';
import { findPython } from '../verifiers/sandbox/index.ts';
import type { Bench } from './bench.ts';
import { pythonLiteral } from './python-literal.ts';
import { parallel, timeShellLoop, timeVerifications, withFolder } from './workload.ts';

const rounds = 40;

export const pythonCalls: Bench = {
  name: 'python-calls',
  what: 'the shipped Python function tasks, their references judged against all cases, sandboxed',
  against: 'a loop of `python3 file.py` with the same cases as assertions, no sandbox',
  target: 3,
  async run() {
    const tasks = (await loadTasks('python/*')).filter((task) => callsOf(task) !== undefined);
    const ours = await timeVerifications(
      tasks.map((task) => ({ task, candidate: task.reference })),
      rounds,
    );
    const baseline = await withFolder(async (folder) => {
      const files = tasks.map((task, index) => writeScript(folder, index, task));
      const loop = (atATime: number) =>
        timeShellLoop(`exec ${findPython().executable} {}`, files, rounds, atATime);
      return { one: await loop(1), two: await loop(parallel) };
    });
    const beside = { against: `the same loop, ${parallel} at a time`, measurement: baseline.two };
    return { ours, baseline: baseline.one, beside };
  },
};

function callsOf({ verify }: Task): { entry: string; cases: CallCase[] } | undefined {
  return verify.kind === 'code' && verify.mode === 'calls' && hasPlainCalls(verify) ? verify : undefined;
}

function writeScript(folder: string, index: number, task: Task): string {
  const file = join(folder, `${index}.py`);
  const { entry, cases } = callsOf(task) ?? { entry: '', cases: [] };
  const assertions = cases.map((test) => assertion(test, entry)).join('');
  writeFileSync(file, `${imports(assertions)}${task.reference}\n${assertions}`);
  return file;
}

/** Only what the assertions need: an import is a good part of what a small script costs. */
function imports(assertions: string): string {
  return assertions.includes('datetime.') ? 'import datetime\n' : '';
}

function assertion(test: CallCase, entry: string): string {
  const literal = (wire: unknown) => pythonLiteral(parseWire(wire, dialects.python));
  const keywords = Object.entries(test.kwargs ?? {}).map(([name, value]) => `${name}=${literal(value)}`);
  const call = `${test.call ?? entry}(${[...(test.args ?? []).map(literal), ...keywords].join(', ')})`;
  if (test.raises === undefined) return `_ = ${call} == ${literal(test.returns)}\n`;
  return `try:\n    ${call}\nexcept Exception:\n    pass\n`;
}
