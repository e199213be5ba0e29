import type { Cell, Circuit } from './circuit.ts';

/** An edge of an input that nothing looks at for its level. */
export type Clock = { port: string; edge: 'posedge' | 'negedge' };

/**
 * How two designs may be unrolled in time. `cycles`: all that either remembers changes at one edge of one clock (or there
 * is nothing to remember), so that a step is a cycle. `events`: inputs can reset registers at any time too; a step is a change
 * of inputs, and then an edge of the clock or none. `edges`: a step is any change of any input, the clocks among them.
 */
export type TimeModel = { by: 'cycles'; clock?: Clock } | { by: 'events'; clock: Clock } | { by: 'edges' };

/** Proofs by cycles and events are faster and reach further, but blind to levels and gated clocks: those need `edges`. */
export function timeModelOf(circuits: Circuit[]): TimeModel {
  const [first, ...rest] = circuits.flatMap(clockingOf);
  if (first === undefined) return { by: 'cycles' };
  if (first === 'other' || rest.some((clock) => !isSame(clock, first))) return { by: 'edges' };
  const hasResets = circuits.some(({ cells }) =>
    Object.values(cells).some(({ type }) => resettable.has(type)),
  );
  return { by: hasResets ? 'events' : 'cycles', clock: first };
}

const isSame = (one: Clock | 'other', other: Clock) =>
  one !== 'other' && one.port === other.port && one.edge === other.edge;

/** What makes each register change; `other` for whatever is not an edge of an input that has no second use. */
function clockingOf({ ports, cells }: Circuit): (Clock | 'other')[] {
  const inputs = new Map(
    Object.entries(ports).flatMap(([name, { direction, bits }]) =>
      direction === 'input' && bits.length === 1 ? [[bits[0], name] as const] : [],
    ),
  );
  const looked = new Set<number | string>([
    ...Object.values(cells).flatMap(dataOf),
    ...Object.values(ports).flatMap(({ direction, bits }) => (direction === 'input' ? [] : bits)),
  ]);
  return Object.values(cells)
    .flatMap((cell) => eventsOf(cell, inputs))
    .map((event) => {
      const port = event === 'other' || looked.has(event.net) ? undefined : inputs.get(event.net);
      return event === 'other' || port === undefined ? 'other' : { port, edge: event.edge };
    });
}

type Edge = { net: number | string; edge: Clock['edge'] };

const plainRegisters = new Set(['$dff', '$dffe', '$sdff', '$sdffe', '$sdffce']);
/** Registers that an input may reset at any time. */
const resettable = new Set(['$adff', '$adffe']);
const otherRegisters = new Set(
  'aldff aldffe dffsr dffsre dlatch adlatch dlatchsr sr ff'.split(' ').map((name) => `$${name}`),
);

function eventsOf(cell: Cell, inputs: ReadonlyMap<unknown, string>): (Edge | 'other')[] {
  if (otherRegisters.has(cell.type)) return ['other'];
  if (cell.type === '$mem_v2') return memoryEvents(cell);
  if (resettable.has(cell.type) && !inputs.has(cell.connections.ARST?.[0])) return ['other'];
  return isClocked(cell.type) ? [edgeOf(cell, 'CLK', 0)] : [];
}

const isClocked = (type: string) => plainRegisters.has(type) || resettable.has(type);

/** A memory has a clock for each of its ports; a port that reads without a clock remembers nothing. */
function memoryEvents(cell: Cell): (Edge | 'other')[] {
  return ['RD', 'WR'].flatMap((kind) =>
    (cell.connections[`${kind}_CLK`] ?? []).flatMap((_net, port) => {
      if (isSet(cell, `${kind}_CLK_ENABLE`, port)) return [edgeOf(cell, `${kind}_CLK`, port)];
      return kind === 'RD' ? [] : ['other' as const];
    }),
  );
}

function edgeOf(cell: Cell, port: string, at: number): Edge | 'other' {
  const net = cell.connections[port]?.[at];
  if (typeof net !== 'number') return 'other';
  return { net, edge: isSet(cell, `${port}_POLARITY`, at) ? 'posedge' : 'negedge' };
}

/** A bit of a parameter, which is written in binary with the highest bit first. */
const isSet = ({ parameters }: Cell, name: string, at: number) => parameters[name]?.at(-1 - at) === '1';

/** The nets that a cell looks at for their value. */
function dataOf({ type, connections }: Cell): (number | string)[] {
  const isClock = (port: string) =>
    (isClocked(type) && port === 'CLK') || (type === '$mem_v2' && /^(RD|WR)_CLK$/.test(port));
  return Object.entries(connections).flatMap(([port, nets]) => (isClock(port) ? [] : nets));
}
