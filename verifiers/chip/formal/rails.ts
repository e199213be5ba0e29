import type { ChipSpec } from '../spec.ts';
import type { FirstReset, Held } from './first-reset.ts';
import type { GatePair, Gates } from './gates.ts';

/** A net on two rails: it can be 1, and it can be 0. With both it is X, so that a model checker of two values knows three. */
type Rails = { high: string; low: string };
type Net = number | string;

/**
 * The question whether two designs can ever differ, as a circuit in BLIF with one output, which is 1 where they do: where
 * the reference's bit is known and that of the candidate is another or X. It begins with the first reset, and each register
 * as X unless its design says otherwise. No name of a design is in it. Undefined where a cell or a level has no place in it.
 */
export function railsProblem(
  { gold, gate }: GatePair,
  spec: ChipSpec,
  beginning: FirstReset,
): string | undefined {
  if (![gold, gate].every(isOfGates)) return undefined;
  const inputs = bitsOf(spec, 'input');
  const [wanted, got] = [railsOf(gold, 'a', inputs), railsOf(gate, 'b', inputs)];
  const outputs = bitsOf(spec, 'output').map(({ port, bit }, at) =>
    differs(`e${at}`, wanted.output(port, bit), got.output(port, bit)),
  );
  return [
    '.model problem',
    `.inputs ${inputs.map(({ name }) => name).join(' ')}`,
    '.outputs bad',
    ...firstSteps(beginning),
    ...inputs.flatMap(({ name, port }) => inputLines(name, beginning.held.get(port))),
    ...wanted.lines,
    ...got.lines,
    ...outputs,
    anyOf(
      outputs.map((_, at) => `e${at}`),
      'bad',
    ),
    '.end',
    '',
  ].join('\n');
}

/** A bit of a port, by its name in the problem. */
type PortBit = { name: string; port: string; bit: number };

/** The bits of all ports of a direction. */
export function bitsOf({ ports }: ChipSpec, direction: 'input' | 'output'): PortBit[] {
  return ports
    .filter((port) => port.direction === direction)
    .flatMap(({ name: port, width }, at) =>
      Array.from({ length: width }, (_, bit) => ({ name: `i${at}_${bit}`, port, bit })),
    );
}

const cover = (inputs: string[], output: string, rows: string[]) =>
  [`.names ${[...inputs, output].join(' ')}`, ...rows.map((row) => `${row} 1`)].join('\n');

function anyOf(inputs: string[], output: string): string {
  const rows = inputs.map((_, at) => `${'-'.repeat(at)}1${'-'.repeat(inputs.length - 1 - at)}`);
  return cover(inputs, output, rows);
}

const latch = (next: string, now: string, first: '0' | '1') => `.latch ${next} ${now} ${first}`;

/** Constants, and `begun`, which is 1 once the first reset was held for its steps. */
function firstSteps({ steps }: FirstReset): string[] {
  const ages = Array.from({ length: Math.max(steps, 1) }, (_, at) => `age${at}`);
  return [
    cover([], 'zero', []),
    cover([], 'one', ['']),
    ...ages.map((age, at) => latch(ages[at - 1] ?? 'one', age, '0')),
    cover([ages.at(-1) ?? ''], 'begun', ['1']),
    cover(['odd'], 'even', ['0']),
    latch('even', 'odd', '0'),
  ];
}

function inputLines(name: string, held: Held | undefined): string[] {
  const { high, low } = railsOfInput(name);
  if (!held) return [cover([name], high, ['1']), cover([name], low, ['0'])];
  const { first, ticks } = held;
  const before = (level: string) =>
    ticks ? [`-0${first === level ? '0' : '1'}`] : first === level ? ['-0-'] : [];
  const inputs = [name, 'begun', 'odd'];
  return [cover(inputs, high, ['11-', ...before('1')]), cover(inputs, low, ['01-', ...before('0')])];
}

const railsOfInput = (name: string): Rails => ({ high: `${name}h`, low: `${name}l` });

const levels: Record<string, Rails> = {
  0: { high: 'zero', low: 'one' },
  1: { high: 'one', low: 'zero' },
  x: { high: 'one', low: 'one' },
};
const unknown: Rails = { high: 'one', low: 'one' };

type OnRails = { lines: string[]; output(port: string, bit: number): Rails };

function railsOf({ ports, cells, netnames }: Gates, prefix: string, inputs: PortBit[]): OnRails {
  const given = new Map(
    inputs.map(({ name, port, bit }) => [ports[port]?.bits[bit], railsOfInput(name)] as const),
  );
  const driven = new Set(Object.values(cells).map(({ connections: { Y, Q } }) => (Y ?? Q)?.[0]));
  const rails = (net: Net | undefined): Rails => {
    if (typeof net !== 'number') return levels[net ?? 'x'] ?? unknown;
    const own = { high: `${prefix}${net}h`, low: `${prefix}${net}l` };
    return given.get(net) ?? (driven.has(net) ? own : unknown);
  };
  const starts = firstLevels(netnames);
  const lines = Object.values(cells).flatMap(({ type, connections }) => {
    const at = (pin: string) => rails(connections[pin]?.[0]);
    const make = gates[type];
    return make ? make(at) : register(at('D'), at('Q'), starts.get(connections.Q?.[0] ?? '') ?? 'x');
  });
  return { lines, output: (port, bit) => rails(ports[port]?.bits[bit]) };
}

/** The levels that registers have at power-up, by net. */
function firstLevels(netnames: Gates['netnames']): Map<Net, string> {
  return new Map(
    Object.values(netnames).flatMap(({ bits, attributes: { init } }) =>
      init === undefined ? [] : bits.map((net, at) => [net, String(init).at(-1 - at) ?? 'x'] as const),
    ),
  );
}

function register(next: Rails, now: Rails, first: string): string[] {
  return [
    latch(next.high, now.high, first === '0' ? '0' : '1'),
    latch(next.low, now.low, first === '1' ? '0' : '1'),
  ];
}

const not = ({ high, low }: Rails): Rails => ({ high: low, low: high });

function same(y: Rails, a: Rails): string[] {
  return [cover([a.high], y.high, ['1']), cover([a.low], y.low, ['1'])];
}

function and(y: Rails, a: Rails, b: Rails): string[] {
  return [cover([a.high, b.high], y.high, ['11']), cover([a.low, b.low], y.low, ['1-', '-1'])];
}

const eitherPair = ['11--', '--11'];

function xor(y: Rails, a: Rails, b: Rails): string[] {
  return [
    cover([a.high, b.low, a.low, b.high], y.high, eitherPair),
    cover([a.high, b.high, a.low, b.low], y.low, eitherPair),
  ];
}

function mux(y: Rails, a: Rails, b: Rails, s: Rails): string[] {
  return [
    cover([s.low, a.high, s.high, b.high], y.high, eitherPair),
    cover([s.low, a.low, s.high, b.low], y.low, eitherPair),
  ];
}

type Pins = (pin: string) => Rails;

const gates: Record<string, (pins: Pins) => string[]> = {
  $_BUF_: (at) => same(at('Y'), at('A')),
  $_NOT_: (at) => same(at('Y'), not(at('A'))),
  $_AND_: (at) => and(at('Y'), at('A'), at('B')),
  $_NAND_: (at) => and(not(at('Y')), at('A'), at('B')),
  $_ANDNOT_: (at) => and(at('Y'), at('A'), not(at('B'))),
  $_NOR_: (at) => and(at('Y'), not(at('A')), not(at('B'))),
  $_OR_: (at) => and(not(at('Y')), not(at('A')), not(at('B'))),
  $_ORNOT_: (at) => and(not(at('Y')), not(at('A')), at('B')),
  $_XOR_: (at) => xor(at('Y'), at('A'), at('B')),
  $_XNOR_: (at) => xor(not(at('Y')), at('A'), at('B')),
  $_MUX_: (at) => mux(at('Y'), at('A'), at('B'), at('S')),
};
const registers = /^\$_(DFF_[PN]|FF)_$/;

/** Whether all cells have a row above, and no net floats. */
function isOfGates({ ports, cells }: Gates): boolean {
  const nets = [
    ...Object.values(ports).flatMap(({ bits }) => bits),
    ...Object.values(cells).flatMap(({ connections }) => Object.values(connections).flat()),
  ];
  return (
    Object.values(cells).every(({ type }) => type in gates || registers.test(type)) && !nets.includes('z')
  );
}

/** 1 where a known level is wanted and something else can come. */
const differs = (name: string, wanted: Rails, got: Rails) =>
  cover([wanted.high, wanted.low, got.high, got.low], name, ['10-1', '011-']);
