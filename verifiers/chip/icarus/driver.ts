import { randomBytes } from 'node:crypto';
import type { ChipSpec, Port } from '../spec.ts';
import type { Plan } from '../stimulus/plan.ts';

/** The module that drives a design. */
export type Driver = {
  module: string;
  text: string;
  /** A message of a tool with the driver's own names taken out: those of a design read as if it stood alone. */
  hide(message: string): string;
};

/**
 * Writes the module that drives a design and prints what it does. It holds no stimulus and no expected value: each row
 * comes in on standard input, and its inputs as seen at the ports and its outputs go out on standard output.
 *
 * All its names are drawn anew for each run, beyond what a design could guess: an undeclared name in a design is looked
 * for further out, where the driver is. They have no part in what is sampled.
 */
export function writeDriver(spec: ChipSpec, plan: Plan): Driver {
  const suffix = randomBytes(12).toString('hex');
  const [module, design, row, index, got] = ['driver', 'design', 'row', 'index', 'got'].map(
    (base) => `${base}_${suffix}`,
  ) as [string, string, string, string, string];
  const wires = new Map(spec.ports.map(({ name }, number) => [name, `port${number}_${suffix}`]));
  const wire = ({ name }: Port) => wires.get(name) ?? '';
  const range = ({ width }: Port) => `[${width - 1}:0]`;
  const bits = plan.inputs.reduce((sum, { width }) => sum + width, 0);
  const slices = new Map<string, string>();
  let from = bits;
  for (const { name, width } of plan.inputs) {
    slices.set(name, `${row}[${from - 1}:${from - width}]`);
    from -= width;
  }
  const apply = (port: Port) => `      ${wire(port)}_r = ${slices.get(port.name)};`;
  const clock = plan.inputs.filter(({ name }) => name === spec.clock?.port);
  const data = plan.inputs.filter(({ name }) => name !== spec.clock?.port);
  // What is driven onto an `inout` is its own affair: a design may drive it too.
  const seen = (port: Port) => (port.direction === 'inout' ? `${wire(port)}_r` : wire(port));
  const connections = spec.ports.map((port) => `.${port.name}(${wire(port)})`);
  const text = [
    `module ${module};`,
    `  reg [${Math.max(bits, 1) - 1}:0] ${row};`,
    `  integer ${index}, ${got};`,
    ...spec.ports.map((port) => `  wire ${range(port)} ${wire(port)};`),
    ...plan.inputs.map(
      (port) => `  reg ${range(port)} ${wire(port)}_r; assign ${wire(port)} = ${wire(port)}_r;`,
    ),
    `  ${spec.top} ${parameterValues(spec)}${design}(${connections.join(', ')});`,
    '  initial begin',
    `    for (${index} = 0; ${index} < ${plan.rows.length}; ${index} = ${index} + 1) begin`,
    ...(bits > 0 ? [`      ${got} = $fscanf(32'h8000_0000, "%b", ${row});`] : []),
    ...data.map(apply),
    '      #1;',
    ...clock.map((port) => `${apply(port)} #1;`),
    `      $display("%b", {${[...plan.inputs.map(seen), ...plan.outputs.map(wire)].join(', ')}});`,
    '    end',
    '    $finish(0);',
    '  end',
    'endmodule',
    '',
  ];
  const hide = (message: string) =>
    message.replaceAll(`${module}.${design}`, spec.top).replaceAll(`_${suffix}`, '');
  return { module, text: text.join('\n'), hide };
}

function parameterValues({ parameters }: ChipSpec): string {
  const values = Object.entries(parameters).map(([name, value]) => `.${name}(${value})`);
  return values.length === 0 ? '' : `#(${values.join(', ')}) `;
}
