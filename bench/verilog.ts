import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTasks } from '../datasets/load.ts';
import type { Task } from '../datasets/task.ts';
import type { ChipSpec, Port } from '../verifiers/chip/spec.ts';
import { designSpecOf } from '../verifiers/task.ts';
import type { Bench } from './bench.ts';
import { chipSpecOf } from './chip-spec-of.ts';
import { type Sample, timeShellLoop, timeVerifications, withFolder } from './workload.ts';

const rounds = 2;
const mutantsPerTask = 2;

export const verilog: Bench = {
  name: 'verilog',
  what: 'the shipped chip tasks, references and mutants judged without lint, sandboxed',
  against: 'a loop, two at a time, of `iverilog` on bench, reference and candidate, then `vvp`, no sandbox',
  target: 0.6,
  async run() {
    const samples = (await loadTasks('chip/*')).filter(isPlain).flatMap(samplesOf);
    const ours = await timeVerifications(samples, rounds);
    const baseline = await withFolder((folder) => {
      const names = samples.map((sample, index) => writeDesign(folder, index, sample));
      const command = 'iverilog -g2012 -s bench -o {}.vvp {}.bench.sv {}.reference.sv {}.sv && vvp -n {}.vvp';
      return timeShellLoop(command, names, rounds);
    });
    return { ours, baseline };
  },
};

/** Whether a bench as people write it, see below, can hold the design. */
function isPlain({ verify }: Task): boolean {
  const spec = designSpecOf(verify);
  if (spec?.mode !== 'design' || spec.otherClocks.length > 0) return false;
  return !spec.quality && spec.ports.every(({ direction }) => direction !== 'inout');
}

function samplesOf(task: Task): Sample[] {
  const { stimulus, ...spec } = chipSpecOf(task);
  // As long as the plain bench, and no longer.
  const asLong = { ...stimulus, random: { ...stimulus.random, longest: 0 } };
  const verify = { ...spec, stimulus: asLong, lint: 'off' as const, equivalence: 'off' as const };
  const candidates = [task.reference, ...task.mutants.slice(0, mutantsPerTask).map(({ text }) => text)];
  return candidates.map((candidate) => ({ task: { ...task, verify }, candidate }));
}

function writeDesign(folder: string, index: number, { task, candidate }: Sample): string {
  const name = join(folder, String(index));
  const spec = chipSpecOf(task);
  writeFileSync(`${name}.sv`, candidate);
  writeFileSync(
    `${name}.reference.sv`,
    task.reference.replaceAll(new RegExp(`\\b${spec.top}\\b`, 'g'), 'expected'),
  );
  writeFileSync(`${name}.bench.sv`, plainBench(spec));
  return name;
}

/** A bench as people write it: both designs side by side, random inputs, a comparison in each cycle. */
function plainBench(spec: ChipSpec): string {
  const driven = spec.ports.filter(({ direction }) => direction === 'input');
  const outputs = spec.ports.filter(({ direction }) => direction === 'output');
  const random = driven.filter(({ name }) => name !== spec.clock?.port && name !== spec.reset?.port);
  const cycles =
    spec.stimulus.random.cycles + spec.stimulus.directed.reduce((sum, { repeat }) => sum + repeat, 0);
  const active = spec.reset?.active === 'low' ? 0 : 1;
  const setReset = (level: number) => (spec.reset ? `${spec.reset.port} = ${level};` : '');
  const range = ({ width }: Port) => (width > 1 ? `[${width - 1}:0] ` : '');
  const connect = (suffix: string) =>
    spec.ports
      .map(({ name, direction }) => `.${name}(${name}${direction === 'output' ? suffix : ''})`)
      .join(', ');
  return `\`timescale 1ns/1ns
module bench;
${driven.map((port) => `  reg ${range(port)}${port.name} = 0;`).join('\n')}
${outputs.map((port) => `  wire ${range(port)}${port.name}_got, ${port.name}_expected;`).join('\n')}
  ${spec.top} candidate(${connect('_got')});
  expected reference(${connect('_expected')});
  integer cycle, errors = 0;
  initial begin
    ${setReset(active)}
    for (cycle = 0; cycle < ${cycles}; cycle = cycle + 1) begin
      ${random.map(({ name }) => `${name} = {$urandom, $urandom};`).join(' ')}
      ${spec.clock ? `#1 ${spec.clock.port} = 0; #1 ${spec.clock.port} = 1;` : ''}
      #1 if (${outputs.map(({ name }) => `${name}_got !== ${name}_expected`).join(' || ')}) errors = errors + 1;
      if (cycle == 4) begin ${setReset(1 - active)} end
    end
    $display("Mismatches: %0d in %0d samples", errors, cycle);
    $finish;
  end
endmodule
`;
}
