import type { ChipSpec, Port } from '../spec.ts';
import { edgeLists } from './edges.ts';
import type { Token } from './tokens.ts';

/** Which inputs of a design are its clock and its reset. */
export type Controls = {
  clock?: ChipSpec['clock'];
  reset?: ChipSpec['reset'];
  /** Further inputs whose edges the design waits for. */
  otherClocks: ChipSpec['otherClocks'];
  otherResets: string[];
};

const clockName = /cl(oc)?k/i;
const resetName = /^(?:i_|\w*_)?[anrsw]?(?:reset|rst|clear|clr)(?:_?[nb])?(?:_?i)?$/i;
const lowName = /^n_?(?:reset|rst)|(?:reset|rst|clear|clr)_?[nb](?:_?i)?$/i;

/**
 * Recognises the clock and the reset of a design by what its text waits for, where its own ports have those names:
 *
 * - The clock is the one-bit input whose edges are waited for; of several the one named like a clock, else the one in
 *   most event controls, else the first. A design that waits for no edge of an input has neither clock nor reset.
 * - An input that shares event controls with the clock is an asynchronous reset; its edge tells its active level. Of
 *   several the one named like a reset.
 * - Else an input named like a reset is a synchronous one, active low where its name ends so or where the first `if`
 *   that tests it negates it.
 *
 * - Further inputs whose edges are waited for are resets where they are named like one, else clocks.
 *
 * All other inputs are data. What is taken for data that is a reset is still moved at random, only too often.
 */
export function recogniseControls(tokens: readonly Token[], ports: readonly Port[]): Controls {
  const bits = new Set(
    ports.filter(({ direction, width }) => direction === 'input' && width === 1).map(({ name }) => name),
  );
  const lists = edgeLists(tokens).map((list) => list.filter(({ signal }) => bits.has(signal)));
  const clock = clockOf(lists);
  if (clock === undefined) return { otherClocks: [], otherResets: [] };
  const reset = asyncReset(lists, clock.port) ?? syncReset(tokens, bits, clock.port);
  const named = [clock.port, reset?.port];
  const further = lists.flat().filter(({ signal }, at, all) => {
    return !named.includes(signal) && all.findIndex((other) => other.signal === signal) === at;
  });
  return {
    clock,
    ...(reset && { reset }),
    otherClocks: further
      .filter(({ signal }) => !resetName.test(signal))
      .map(({ signal, edge }) => ({ port: signal, edge })),
    otherResets: further.filter(({ signal }) => resetName.test(signal)).map(({ signal }) => signal),
  };
}

type Lists = ReturnType<typeof edgeLists>;

function clockOf(lists: Lists): NonNullable<Controls['clock']> | undefined {
  const counts = new Map<string, number>();
  for (const { signal } of lists.flat()) counts.set(signal, (counts.get(signal) ?? 0) + 1);
  const signals = [...counts.keys()];
  const named = signals.find((signal) => clockName.test(signal));
  const port = named ?? signals.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))[0];
  if (port === undefined) return undefined;
  const rises = lists.flat().some(({ signal, edge }) => signal === port && edge === 'posedge');
  return { port, edge: rises ? 'posedge' : 'negedge' };
}

function asyncReset(lists: Lists, clock: string): Controls['reset'] {
  const shared = lists.filter((list) => list.some(({ signal }) => signal === clock)).flat();
  const others = shared.filter(({ signal }) => signal !== clock);
  const found = others.find(({ signal }) => resetName.test(signal)) ?? others[0];
  if (!found) return undefined;
  const active = found.edge === 'posedge' ? 'high' : 'low';
  return { port: found.signal, active, kind: 'async', cycles: resetCycles };
}

function syncReset(tokens: readonly Token[], bits: ReadonlySet<string>, clock: string): Controls['reset'] {
  const port = [...bits].find((name) => name !== clock && resetName.test(name));
  if (port === undefined) return undefined;
  const active = lowName.test(port) || isNegated(tokens, port) ? 'low' : 'high';
  return { port, active, kind: 'sync', cycles: resetCycles };
}

const resetCycles = 4;

function isNegated(tokens: readonly Token[], name: string): boolean {
  const test = tokens.findIndex(({ text }, at) => text === name && isInTest(tokens, at));
  return /^[!~]$/.test(tokens[test - 1]?.text ?? '');
}

/** `if (name`, `if (!name`. */
function isInTest(tokens: readonly Token[], at: number): boolean {
  const before = [tokens[at - 1], tokens[at - 2], tokens[at - 3]].map((token) => token?.text);
  return (before[0] === '(' && before[1] === 'if') || (before[1] === '(' && before[2] === 'if');
}
