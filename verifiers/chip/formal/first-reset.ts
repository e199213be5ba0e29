import type { ChipSpec } from '../spec.ts';
import type { TimeModel } from './clocking.ts';
import type { Step } from './steps.ts';

/** How a proof begins: with the reset held for its cycles, as every simulation does. Before, a design owes nothing. */
export type FirstReset = {
  /** Steps for which it is held. */
  steps: number;
  /** A module around the miter that holds it; its name is that of `provedModule`. */
  verilog: string;
  /** The inputs that it holds, by port. */
  held: ReadonlyMap<string, Held>;
  /** What the designs saw of the inputs of a counterexample. */
  seen(steps: Step[]): Step[];
};

/** The level of an input while the reset is held: the same throughout, or another at each step. */
export type Held = { first: '0' | '1'; ticks: boolean };

/** The module of which `trigger` is 1 where two designs differ. */
export const provedModule = 'begun';

/**
 * The reset is held by registers, not by constraints on steps: the induction of Yosys looks only at paths without a state
 * twice, of which a design held in its reset has none. Where a step is no cycle, the clock is moved too.
 */
export function firstReset(spec: ChipSpec, model: TimeModel): FirstReset {
  const { ports, reset, clock, otherClocks } = spec;
  const steps = (reset?.cycles ?? 0) * (model.by === 'edges' ? 2 : 1);
  const held = new Map<string, Held>();
  if (reset && steps > 0) {
    held.set(reset.port, { first: reset.active === 'low' ? '0' : '1', ticks: false });
    if (model.by === 'events') held.set(model.clock.port, { first: '1', ticks: false });
    for (const { port, edge } of model.by === 'edges' && clock ? [clock, ...otherClocks] : [])
      held.set(port, { first: edge === 'negedge' ? '1' : '0', ticks: true });
  }
  const inputs = ports.filter(({ direction }) => direction === 'input');
  const connections = inputs.map(({ name }) => {
    const level = held.get(name);
    return `.in_${name}(${level === undefined ? '' : `!begun ? ${verilogOf(level)} : `}in_${name})`;
  });
  const verilog = [
    `module ${provedModule}(`,
    ...inputs.map(({ name, width }) => `  input [${width - 1}:0] in_${name},`),
    '  input tick, output trigger);',
    `  reg [${Math.max(steps, 1)}:1] age = 0;`,
    "  always @(posedge tick) age <= {age, 1'b1};",
    `  wire begun = age[${Math.max(steps, 1)}] !== 1'b0;`,
    `  miter both(${[...connections, '.trigger(trigger)'].join(', ')});`,
    'endmodule',
    '',
  ].join('\n');
  const seen = (list: Step[]) =>
    list.map((step, at) => {
      const forced = at < steps ? [...held].map(([port, level]) => [port, levelAt(level, at)] as const) : [];
      return { ...step, ...Object.fromEntries(forced) };
    });
  return { steps, verilog, held, seen };
}

const verilogOf = ({ first, ticks }: Held) => `1'b${first}${ticks ? ' ^ ^age' : ''}`;

const levelAt = ({ first, ticks }: Held, step: number) =>
  ticks && step % 2 === 1 ? String(1 - Number(first)) : first;
