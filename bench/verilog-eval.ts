import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTasks } from '../datasets/load.ts';
import type { Task } from '../datasets/task.ts';
import { mutantsOf } from '../verifiers/chip/mutate/mutants.ts';
import type { ChipSpec } from '../verifiers/chip/spec.ts';
import type { Bench } from './bench.ts';
import { chipSpecOf } from './chip-spec-of.ts';
import { dataAt, missingData } from './data.ts';
import { type Sample, timeShellLoop, timeVerifications, withFolder } from './workload.ts';

const problems = dataAt('verilog-eval', 'dataset_spec-to-rtl');
const mutantsPerProblem = 2;
/** A sample is one comparison of the outputs. */
const mostSamples = 2000;

const compile =
  'iverilog -Wall -Wno-timescale -g2012 -s tb -o candidate.vvp ../bench.sv ../reference.sv candidate.sv';
const command = `{ cd {} && ${compile} && vvp -n candidate.vvp; }`;

export const verilogEval: Bench = {
  name: 'verilog-eval',
  what: `VerilogEval's references and ${mutantsPerProblem} mutants of each, judged without lint on as many samples as its benches take, up to ${mostSamples}, sandboxed`,
  against: 'a loop, two at a time, of `iverilog` on bench, reference and candidate, then `vvp`, no sandbox',
  target: 1.2,
  missing: () => missingData(problems),
  run: () =>
    withFolder(async (folder) => {
      const tasks = await loadTasks(`verilog-eval:${problems}`);
      const pairs = tasks.flatMap((task) => pairsOf(task, join(folder, task.id)));
      const ours = await timeVerifications(
        pairs.map(({ sample }) => sample),
        1,
      );
      const names = pairs.map(({ name }) => name);
      return { ours, baseline: await timeShellLoop(command, names, 1) };
    }),
};

type Pair = { sample: Sample; name: string };

/** The reference and mutants of a problem as ours judges them, and the folders in which the loop does. */
function pairsOf(task: Task, folder: string): Pair[] {
  const { bench, ...spec } = chipSpecOf(task);
  mkdirSync(folder);
  writeFileSync(join(folder, 'bench.sv'), bench?.kind === 'verilog' ? bench.text : '');
  writeFileSync(
    join(folder, 'reference.sv'),
    task.reference.replace(`module ${spec.top}`, 'module RefModule'),
  );
  const mutants = mutantsOf(task.reference, { seed: 1, count: 3 * mutantsPerProblem });
  const pairs: { name: string; candidate: string; samples: number }[] = [];
  for (const [index, candidate] of [task.reference, ...mutants.map(({ text }) => text)].entries()) {
    if (pairs.length > mutantsPerProblem) break;
    const name = join(folder, String(index));
    mkdirSync(name);
    writeFileSync(join(name, 'candidate.sv'), candidate);
    const samples = samplesOf(name);
    if (samples > 0) pairs.push({ name, candidate, samples });
  }
  const [first] = pairs;
  const verify = { ...spec, stimulus: asLong(spec, first?.samples ?? 0), lint: 'off' as const };
  return pairs.map(({ name, candidate }) => ({ name, sample: { task: { ...task, verify }, candidate } }));
}

/** Two samples a cycle where there is a clock. */
function asLong({ clock, stimulus }: ChipSpec, samples: number): ChipSpec['stimulus'] {
  const most = Math.min(samples, mostSamples);
  return {
    ...stimulus,
    random: { ...stimulus.random, cycles: clock ? Math.ceil(most / 2) : most, longest: 0 },
  };
}

/** How many samples the bench takes of a candidate; none where it does not come to its end, as a loop would wait for ever. */
function samplesOf(folder: string): number {
  try {
    const output = execFileSync('timeout', ['10', 'sh', '-c', command.replace('{}', folder)], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return Number(/in\s+(\d+) samples/.exec(output)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
