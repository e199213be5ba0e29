import { expect, test } from 'vitest';
import { firstReset } from '../../../../verifiers/chip/formal/first-reset.ts';
import type { Gates } from '../../../../verifiers/chip/formal/gates.ts';
import { railsProblem } from '../../../../verifiers/chip/formal/rails.ts';
import { chipTask, port } from '../chip-task.ts';

const { verify: spec } = chipTask('', {
  ports: [port('secret_in', 'input'), port('rst', 'input'), port('secret_out', 'output')],
  clock: { port: 'secret_in' },
  reset: { port: 'rst', cycles: 2 },
});
const beginning = firstReset(spec, { by: 'cycles' });

/** An input through one gate and a register that starts as 1. */
const gates = (type: string, second: number | string = 3): Gates => ({
  ports: {
    secret_in: { direction: 'input', bits: [2] },
    rst: { direction: 'input', bits: [3] },
    secret_out: { direction: 'output', bits: [5] },
  },
  cells: {
    'secret cell': { type, connections: { A: [2], B: [second], Y: [4] } },
    'secret register': { type: '$_FF_', connections: { D: [4], Q: [5] } },
  },
  netnames: { 'secret net': { bits: [5], attributes: { init: '1' } } },
});

test('the problem holds no name of a design, and one output', () => {
  const text = railsProblem({ gold: gates('$_AND_'), gate: gates('$_OR_') }, spec, beginning) ?? '';
  expect(text).not.toContain('secret');
  expect(text).toContain('.inputs i0_0 i1_0\n.outputs bad\n');
});

test('what is known at power-up has one rail, and what is not has both', () => {
  const latches = (gold: Gates) =>
    (railsProblem({ gold, gate: gold }, spec, beginning) ?? '')
      .split('\n')
      .filter((line) => line.startsWith('.latch a'))
      .filter((line) => !line.includes(' age'));
  expect(latches(gates('$_AND_'))).toEqual(['.latch a4h a5h 1', '.latch a4l a5l 0']);
  expect(latches({ ...gates('$_AND_'), netnames: {} })).toEqual(['.latch a4h a5h 1', '.latch a4l a5l 1']);
});

test.each([
  ['a cell that is no gate', gates('$_TBUF_')],
  ['a net that floats', gates('$_AND_', 'z')],
])('%s has no place in it', (_what, gate) => {
  expect(railsProblem({ gold: gates('$_AND_'), gate }, spec, beginning)).toBeUndefined();
});
