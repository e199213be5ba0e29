import { traceFields } from '../../verifiers/chip/comparison/compare.ts';
import type { Oracle } from '../../verifiers/chip/reference.ts';
import type { ChipSpec, Port } from '../../verifiers/chip/spec.ts';
import { rowBytes } from '../../verifiers/chip/stimulus/plan.ts';

/** A design that does next to nothing. */
export type TrivialDesign = { name: string; text: string };

/**
 * Designs that no task may let pass: constants, the best of all constants, outputs that never leave their first level, and
 * inputs passed through to the outputs, at once or at the clock.
 */
export function trivialDesigns(spec: ChipSpec, oracle: Oracle): TrivialDesign[] {
  const levels = [...'01xz'].map((bit) => ({
    name: `all outputs are ${bit}`,
    text: design(spec, ({ width }) => `${width}'b${bit.repeat(width)}`),
  }));
  return [
    ...levels,
    { name: 'each output is what it is most often', text: constants(spec, oracle, mostOften) },
    { name: 'each output stays what it is first', text: constants(spec, oracle, firstOf) },
    ...passThroughs(spec),
  ];
}

type Driver = (output: Port, index: number) => string;

function design(spec: ChipSpec, driver: Driver): string {
  const assigned = outputsOf(spec).map((port, index) => `  assign ${port.name} = ${driver(port, index)};`);
  return [header(spec), ...assigned, 'endmodule', ''].join('\n');
}

function header({ top, ports }: ChipSpec, outputs: 'wire' | 'reg' = 'wire'): string {
  const declared = ports.map(({ direction, width, name }) => {
    return `  ${direction} ${direction === 'output' ? outputs : 'wire'} [${width - 1}:0] ${name}`;
  });
  return `module ${top} (\n${declared.join(',\n')}\n);`;
}

const outputsOf = ({ ports }: ChipSpec) => ports.filter(({ direction }) => direction === 'output');

function constants(spec: ChipSpec, { plan, trace }: Oracle, choose: (levels: string[]) => string): string {
  const fields = traceFields(plan).outputs;
  const stride = rowBytes(plan);
  return design(spec, ({ name, width }) => {
    const field = fields.find(({ port }) => port.name === name);
    const { from, to } = field ?? { from: 0, to: 0 };
    const levels = plan.rows.map((_, row) => trace.slice(row * stride + from, row * stride + to));
    return `${width}'b${choose(levels.filter((level) => !/[xz]/.test(level))) || '0'}`;
  });
}

const firstOf = (levels: string[]) => levels[0] ?? '';

function mostOften(levels: string[]): string {
  const counts = new Map<string, number>();
  for (const level of levels) counts.set(level, (counts.get(level) ?? 0) + 1);
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0] ?? '';
}

/** Each output is an input: that of its own width where there is one, else the next in turn. */
function passThroughs(spec: ChipSpec): TrivialDesign[] {
  const data = spec.ports.filter(({ direction, name }) => {
    return direction === 'input' && name !== spec.clock?.port && name !== spec.reset?.port;
  });
  const inputOf: Driver = (output, index) => {
    const alike = data.filter(({ width }) => width === output.width);
    return (alike[index % Math.max(1, alike.length)] ?? data[index % data.length])?.name ?? "1'b0";
  };
  if (data.length === 0) return [];
  const atOnce = { name: 'outputs are inputs', text: design(spec, inputOf) };
  return spec.clock
    ? [atOnce, { name: 'outputs are inputs of the cycle before', text: registered(spec, inputOf) }]
    : [atOnce];
}

function registered(spec: ChipSpec, driver: Driver): string {
  const moves = outputsOf(spec).map((port, index) => `    ${port.name} <= ${driver(port, index)};`);
  const clock = `  always @(${spec.clock?.edge} ${spec.clock?.port}) begin`;
  return [header(spec, 'reg'), clock, ...moves, '  end', 'endmodule', ''].join('\n');
}
