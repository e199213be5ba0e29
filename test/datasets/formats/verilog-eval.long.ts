import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadTasks } from '../../../datasets/load.ts';
import type { Task } from '../../../datasets/task.ts';
import { mutantsOf } from '../../../verifiers/chip/mutate/mutants.ts';
import type { Port } from '../../../verifiers/chip/spec.ts';
import { packageRoot } from '../../../verifiers/paths.ts';
import { designSpecOf } from '../../../verifiers/task.ts';
import { bothSay, useOwnCache, useSandbox } from './chip-sets.ts';

const data = join(process.env.ASSAY_DATA ?? join(packageRoot, '../shared/data'), 'verilog-eval');
const variants = ['dataset_spec-to-rtl', 'dataset_code-complete-iccad2023'] as const;

useOwnCache();
const { sandbox } = useSandbox();

type Said = Awaited<ReturnType<typeof bothSay>>;

/** Does something for each of many, a few at a time: while one waits for its reference, others use both places. */
async function forEach<T>(many: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const queue = [...many];
  const work = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await act(one);
  };
  await Promise.all([work(), work(), work()]);
}

/** What was said of the references; most tasks of the two variants differ in their prompt alone. */
const known = new Map<string, Said>();

async function judgeReferences(tasks: Task[]): Promise<Map<string, Said>> {
  const said = new Map<string, Said>();
  await forEach(tasks, async (task) => {
    const { id, reference, verify } = task;
    // A header is put before what declares no module of its own; references do.
    const key = JSON.stringify([id, reference, { ...verify, header: '' }]);
    const both = known.get(key) ?? (await bothSay(task, reference, sandbox()));
    known.set(key, both);
    said.set(id, both);
  });
  return said;
}

/** A design with the ports of a task, each output made of its width and the inputs. */
function designOf({ verify }: Task, levelsOf: (output: Port, inputs: Port[]) => string): string {
  const spec = designSpecOf(verify);
  if (!spec) return '';
  const ports = spec.ports.map(({ name, direction, width }) => `${direction} [${width - 1}:0] ${name}`);
  const inputs = spec.ports.filter(({ direction }) => direction === 'input');
  const outputs = spec.ports.filter(({ direction }) => direction === 'output');
  const assigns = outputs.map((output) => `  assign ${output.name} = ${levelsOf(output, inputs)};\n`);
  return `module ${spec.top}(${ports.join(', ')});\n${assigns.join('')}endmodule\n`;
}

/** Trivial designs, and the tasks that ask for just that. */
const trivial: [string, (task: Task) => string, string[]][] = [
  [
    'all outputs 0',
    (task) => designOf(task, ({ width }) => `{${width}{1'b0}}`),
    ['Prob001_zero', 'Prob002_m2014_q4i'],
  ],
  ['all outputs 1', (task) => designOf(task, ({ width }) => `{${width}{1'b1}}`), ['Prob003_step_one']],
  ['all outputs unknown', (task) => designOf(task, ({ width }) => `{${width}{1'bx}}`), []],
  [
    'the first input passed through',
    (task) => designOf(task, (_output, [input]) => input?.name ?? "1'bx"),
    ['Prob007_wire', 'Prob008_m2014_q4h'],
  ],
  ['no content', (task) => designOf(task, () => '').replace(/ {2}assign.*\n/g, ''), []],
];

describe.each(variants)('VerilogEval 2, %s (skipped where the data is absent)', (variant) => {
  test.skipIf(!existsSync(join(data, variant)))(
    'every reference passes ours and, mended by the errata, its own bench',
    async () => {
      const tasks = await loadTasks(`verilog-eval+theirs:${join(data, variant)}`);
      const said = await judgeReferences(tasks);
      expect(said.size).toBe(156);
      expect([...said].filter(([, { ours, theirs }]) => ours !== 'pass' || theirs !== 'pass')).toEqual([]);
    },
  );
});

describe.skipIf(!existsSync(join(data, variants[0])))('VerilogEval 2, spec-to-rtl', () => {
  test('trivial designs fail, but where a task asks for one', async () => {
    // All trivial designs of a task at once: its reference is simulated once.
    const passed = new Map(trivial.map(([what]) => [what, [] as string[]]));
    await forEach(await loadTasks(`verilog-eval:${join(data, variants[0])}`), async (task) => {
      const judged = trivial.map(async ([what, candidateOf]) => {
        const { ours } = await bothSay(task, candidateOf(task), sandbox());
        if (ours === 'pass') passed.get(what)?.push(task.id);
      });
      await Promise.all(judged);
    });
    expect(Object.fromEntries([...passed].map(([what, ids]) => [what, ids.sort()]))).toEqual(
      Object.fromEntries(trivial.map(([what, , right]) => [what, right])),
    );
  });

  test('on mutants of the references ours and theirs agree, but for cases that are explained', async () => {
    const tasks = await loadTasks(`verilog-eval+theirs:${join(data, variants[0])}`);
    const differ: string[] = [];
    await forEach(tasks, async (task) => {
      const count = counts.find(([ids]) => ids.test(task.id))?.[1] ?? 2;
      const judged = mutantsOf(task.reference, { seed: 1, count }).map(async ({ text, operator, line }) => {
        const { ours, theirs } = await bothSay(task, text, sandbox());
        if ((ours === 'pass') === (theirs === 'pass')) return;
        differ.push(`${task.id} ${operator}@${line}: ours ${ours === 'pass' ? 'passes' : 'fails'}`);
      });
      await Promise.all(judged);
    });
    expect(differ.sort()).toEqual(Object.keys(explained).sort());
  });
});

/** How many mutants of a task are tried, where it is not two. */
const counts: [ids: RegExp, count: number][] = [
  // Deep counters and rare sequences, that random stimulus alone does not reach.
  [/Prob(068|155)/, 10],
  [/Prob141/, 3],
  // Their benches take seconds for each design.
  [/Prob(021|082|108|124|144|156)/, 0],
];

/** Mutants of which one judge says that they are right and the other that they are wrong, and why. */
const explained: Record<string, string> = {
  'Prob053_m2014_q4d edge@11: ours fails':
    'their bench starts with an unknown input, after which X matches anything',
  'Prob053_m2014_q4d bitwise@12: ours fails': 'as above',
  'Prob155_lemmings4 priority@24: ours fails':
    'one that is told to dig as the ground goes must fall, and digs; their bench never asks for both at once',
  'Prob069_truthtable1 name@10: ours fails':
    'the output feeds back on itself; it holds the right level where inputs come in the order in which their bench counts them',
};
