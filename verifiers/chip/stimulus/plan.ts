import { AssayError } from '../../errors.ts';
import type { ChipSpec, Port } from '../spec.ts';
import { levelBits } from './levels.ts';

/** A stretch of a plan, for people: from which row on it was made by which rule. */
type Part = {
  from: number;
  name: 'recorded' | 'reset' | 'directed' | 'exhaustive' | 'random' | 'probes' | 'long' | 'counterexample';
};

/**
 * What a simulation does. A row holds the binary digits of all inputs, in the order of `inputs`, first digit first.
 *
 * In each row the data inputs change, time passes, the clock takes its level, time passes, and all is sampled; so data
 * never moves with an edge, and moves in both phases. A cycle of a clocked design is two rows: the clock's inactive
 * level, then its active one.
 */
export type Plan = {
  inputs: Port[];
  outputs: Port[];
  rows: string[];
  rowsPerCycle: 1 | 2;
  parts: Part[];
};

/** Bytes that a trace may fill, so that a trace fits in memory and in the sandbox's bounds. */
const maxTraceBytes = 64 << 20;

/** Bytes of one line of a trace: the inputs, the outputs and the end of the line. */
export function rowBytes(plan: Pick<Plan, 'inputs' | 'outputs'>): number {
  return [...plan.inputs, ...plan.outputs].reduce((sum, port) => sum + port.width, 1);
}

/** Records a plan: levels stay until they are set anew, each row is a snapshot of them. */
export type Recorder = {
  readonly inputs: Port[];
  /** The inputs that are neither the clock nor the reset. */
  readonly data: Port[];
  get(port: string): string;
  set(port: string, bits: string): void;
  /** Takes up a level of a task; `TASK_INVALID` where the port or the value does not fit. */
  setLevel(port: string, level: string | number): void;
  reset(active: boolean): void;
  /** Cycles that may still be added. */
  room(): number;
  /**
   * Adds a cycle; `between` may move data before the active edge. `others` moves the other clocks, each time in a row of
   * its own, so that no two clocks and no data move together; where it is absent each ticks once.
   */
  cycle(between?: () => void, others?: () => void): void;
  /** Moves one of the other clocks. */
  toggle(port: string): void;
  begin(name: Part['name']): void;
  /** Adds rows as they were recorded; the levels that were set before them come back behind. */
  replay(rows: readonly string[]): void;
  finish(): Plan;
};

/** Starts a plan with all data at 0, the reset at rest and the clock at its inactive level. */
export function recordPlan(spec: ChipSpec): Recorder {
  const inputs = spec.ports.filter(isDriven);
  const outputs = spec.ports.filter((port) => port.direction !== 'input');
  checkPorts(spec);
  const clock = spec.clock?.port;
  const others = spec.otherClocks;
  const controls = new Set([clock, spec.reset?.port, ...others.map(({ port }) => port)]);
  const rest = spec.reset?.active === 'low' ? '1' : '0';
  const values = new Map(inputs.map((port) => [port.name, atRest(port)]));
  for (const { port, edge } of others) values.set(port, edge === 'negedge' ? '1' : '0');
  const rows: string[] = [];
  const parts: Part[] = [];
  const room = Math.floor(maxTraceBytes / rowBytes({ inputs, outputs }));
  const row = () => {
    if (rows.length >= room)
      throw invalid(`its stimulus is longer than the ${room} rows that a trace may have`);
    rows.push(inputs.map(({ name }) => values.get(name)).join(''));
  };
  const active = spec.clock?.edge === 'negedge' ? '0' : '1';
  const rowsPerCycle = clock === undefined || others.length > 0 ? 1 : 2;
  const recorder: Recorder = {
    inputs,
    data: inputs.filter(({ name }) => !controls.has(name)),
    get: (port) => values.get(port) ?? '',
    set: (port, bits) => void values.set(port, bits),
    setLevel: (port, level) => values.set(port, checkedBits(inputs, clocksOf(spec), port, level)),
    reset: (on) => {
      if (spec.reset) values.set(spec.reset.port, on === (rest === '0') ? '1' : '0');
    },
    room: () => Math.floor((room - rows.length) / (clock === undefined ? 1 : 2 + 2 * others.length)),
    toggle: (port) => {
      values.set(port, values.get(port) === '0' ? '1' : '0');
      row();
    },
    cycle: (between, moveOthers = () => others.map(({ port }) => recorder.toggle(port))) => {
      if (clock === undefined) return row();
      values.set(clock, active === '1' ? '0' : '1');
      row();
      moveOthers();
      between?.();
      values.set(clock, active);
      row();
      moveOthers();
    },
    begin: (name) => void parts.push({ from: rows.length, name }),
    replay: (recorded) => {
      for (const levels of recorded.slice(0, room)) rows.push(levels);
      // A cycle of a clocked design has two rows, also behind these.
      if (rowsPerCycle === 2 && rows.length % 2 === 1) rows.push(rows.at(-1) ?? '');
    },
    finish: () => ({ inputs, outputs, rows, rowsPerCycle, parts }),
  };
  recorder.reset(false);
  return recorder;
}

/** Whether the stimulus has a level for a port; nothing but Z for an `inout` that the design may drive. */
export const isDriven = ({ direction }: Port): boolean => direction !== 'output';

const atRest = ({ direction, width }: Port) => (direction === 'inout' ? 'z' : '0').repeat(width);

/** All clocks of a task. */
export const clocksOf = ({ clock, otherClocks }: ChipSpec): string[] =>
  [...(clock ? [clock] : []), ...otherClocks].map(({ port }) => port);

/** What the schema of a spec cannot tell. */
function checkPorts(spec: ChipSpec): void {
  const { ports, clock, reset, otherClocks } = spec;
  const names = ports.map(({ name }) => name);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) throw invalid(`it has two ports "${double}"`);
  if (ports.every(({ direction }) => direction === 'input')) throw invalid('it has no output');
  if (otherClocks.length > 0 && !clock) throw invalid('it has other clocks but no clock');
  if (new Set(clocksOf(spec)).size < clocksOf(spec).length) throw invalid('it names a clock twice');
  const controls = [
    ...clocksOf(spec).map((port) => ['clock', port] as const),
    ['reset', reset?.port] as const,
  ];
  for (const [what, port] of controls) {
    const isBit = ports.some(
      ({ name, direction, width }) => name === port && direction === 'input' && width === 1,
    );
    if (port !== undefined && !isBit) throw invalid(`its ${what} "${port}" is no input of one bit`);
  }
}

function checkedBits(inputs: Port[], clocks: string[], port: string, level: string | number): string {
  const input = inputs.find(({ name }) => name === port);
  if (!input || clocks.includes(port))
    throw invalid(`a step sets "${port}", which is ${input ? 'a clock' : 'no input'}`);
  const bits = levelBits(level, input.width);
  if (bits === undefined)
    throw invalid(`a step sets "${port}" to ${level}, which does not fit ${input.width} bits`);
  return bits;
}

const invalid = (what: string) => new AssayError('TASK_INVALID', `the task cannot be simulated: ${what}`);
