import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { levelBits } from '../../../../verifiers/chip/stimulus/levels.ts';
import { makePlan, strengthOf } from '../../../../verifiers/chip/stimulus/stimulus.ts';
import { createRandom } from '../../../../verifiers/random.ts';
import { asyncCounter, chipTask, counter, port } from '../chip-task.ts';

const none = { cycles: 0, high: {}, resetRate: 0 };
const specOf = (spec: object) => chipTask('', spec).verify;

describe('a plan', () => {
  test('holds the reset, then takes the directed steps, two rows a cycle, the clock ending at its edge', () => {
    const spec = specOf({
      ports: [port('clk', 'input'), port('reset_n', 'input'), port('d', 'input', 2), port('q', 'output')],
      clock: { port: 'clk' },
      reset: { port: 'reset_n', active: 'low', cycles: 1 },
      stimulus: {
        directed: [{ set: { d: 3 } }, { set: { d: '0b1x' }, reset: true }, { repeat: 2 }],
        random: none,
      },
    });
    expect(makePlan(spec, 0)).toEqual({
      inputs: spec.ports.slice(0, 3),
      outputs: spec.ports.slice(3),
      rows: ['0000', '1000', '0111', '1111', '001x', '101x', '011x', '111x', '011x', '111x'],
      rowsPerCycle: 2,
      parts: [
        { from: 0, name: 'reset' },
        { from: 2, name: 'directed' },
      ],
    });
  });

  test('of a design at the falling edge ends its cycles low', () => {
    const ports = [port('clk', 'input'), port('q', 'output')];
    const spec = specOf({
      ports,
      clock: { port: 'clk', edge: 'negedge' },
      stimulus: { random: { ...none, cycles: 2 } },
    });
    expect(makePlan(spec, 0).rows).toEqual(['1', '0', '1', '0']);
  });

  test('of a small combinational design shows each input once, in an order of the seed', () => {
    const ports = [port('a', 'input', 3), port('b', 'input', 5), port('q', 'output')];
    const spec = specOf({ ports, stimulus: { random: none } });
    const { rows } = makePlan(spec, 0);
    expect([...rows].sort()).toEqual(Array.from({ length: 256 }, (_, i) => i.toString(2).padStart(8, '0')));
    expect(makePlan(spec, 1).rows).not.toEqual(rows);
  });

  test('is a function of its seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0 }), fc.integer({ min: 0 }), (seed, other) => {
        expect(makePlan(counter.verify, seed)).toEqual(makePlan(counter.verify, seed));
        if (seed !== other)
          expect(makePlan(counter.verify, seed)).not.toEqual(makePlan(counter.verify, other));
      }),
      { numRuns: 20 },
    );
  });

  test('moves data in both phases, and an asynchronous reset off the active edge', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const { rows } = makePlan(asyncCounter.verify, seed);
      const pairs = rows.flatMap((row, at) => (at % 2 === 1 ? [[rows[at - 1] ?? '', row] as const] : []));
      expect(pairs.some(([low, high]) => low[2] !== high[2])).toBe(true);
      expect(pairs.some(([low, high]) => low[1] === '1' && high[1] === '0')).toBe(true);
      expect(pairs.some(([low, high]) => low[1] === '0' && high[1] === '1')).toBe(true);
    }
  });

  test('keeps a synchronous reset for whole cycles, and pulses it in every run', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const { rows, parts } = makePlan(counter.verify, seed);
      const random = rows.slice(parts.find(({ name }) => name === 'random')?.from);
      expect(random.every((row, at) => at % 2 === 0 || row[1] === random[at - 1]?.[1])).toBe(true);
      expect(random.some((row) => row[1] === '1')).toBe(true);
    }
  });

  test('raises a one-bit input as often as the task says', () => {
    const ports = [port('clk', 'input'), port('rare', 'input'), port('often', 'input'), port('q', 'output')];
    const random = { cycles: 4000, high: { rare: 0.05, often: 0.95 }, resetRate: 0 };
    const { rows } = makePlan(specOf({ ports, clock: { port: 'clk' }, stimulus: { random } }), 5);
    const share = (at: number) => rows.filter((row) => row[at] === '1').length / rows.length;
    expect(share(1)).toBeLessThan(0.2);
    expect(share(2)).toBeGreaterThan(0.8);
  });

  test('holds its inputs for long now and then, and shows corners and single bits of wide ones', () => {
    const ports = [port('clk', 'input'), port('d', 'input', 24), port('q', 'output')];
    const { rows } = makePlan(specOf({ ports, clock: { port: 'clk' } }), 2);
    const values = new Set(rows.map((row) => row.slice(1)));
    expect(values).toContain('0'.repeat(24));
    expect(values).toContain('1'.repeat(24));
    expect([...values].some((value) => /^0*10*$/.test(value))).toBe(true);
  });

  test.each([
    [{ set: { q: 1 } }, 'a step sets "q", which is no input'],
    [{ set: { clk: 1 } }, 'a step sets "clk", which is a clock'],
    [{ set: { d: 4 } }, 'a step sets "d" to 4, which does not fit 2 bits'],
  ])('with the step %j is refused', (step, message) => {
    const ports = [port('clk', 'input'), port('d', 'input', 2), port('q', 'output')];
    const spec = specOf({ ports, clock: { port: 'clk' }, stimulus: { directed: [step] } });
    expect(() => makePlan(spec, 0)).toThrow(`the task cannot be simulated: ${message}`);
  });

  test.each([
    [{ clock: { port: 'ck' } }, 'its clock "ck" is no input of one bit'],
    [{ reset: { port: 'd' } }, 'its reset "d" is no input of one bit'],
    [{ ports: [port('clk', 'input')] }, 'it has no output'],
    [{ ports: [port('q', 'output'), port('q', 'output')] }, 'it has two ports "q"'],
    [
      { stimulus: { random: { cycles: 100_000 } }, ports: [port('q', 'output', 4096)] },
      'its stimulus is longer than',
    ],
  ])('of the spec %j is refused', (spec, message) => {
    const ports = [port('clk', 'input'), port('d', 'input', 2), port('q', 'output')];
    expect(() => makePlan(specOf({ ports, ...spec }), 0)).toThrow(`the task cannot be simulated: ${message}`);
  });
});

test('a pass means directed only where nothing was random or exhaustive', () => {
  const wide = [port('a', 'input', 17), port('q', 'output')];
  expect(strengthOf(specOf({ ports: wide }))).toBe('random');
  expect(strengthOf(specOf({ ports: wide, stimulus: { random: none } }))).toBe('directed');
  expect(
    strengthOf(specOf({ ports: [port('a', 'input'), port('q', 'output')], stimulus: { random: none } })),
  ).toBe('random');
});

test('levels are numbers or digits of a base, and must fit', () => {
  const levels = [
    levelBits(5, 4),
    levelBits('0x1F', 5),
    levelBits('0x0_f', 4),
    levelBits('0b1Zx', 4),
    levelBits('0xz', 4),
  ];
  expect(levels).toEqual(['0101', '11111', '1111', '01zx', 'zzzz']);
  expect([levelBits(16, 4), levelBits('0x1f', 4), levelBits('0bx0000', 4)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('the random stream is pinned, since verdicts hang on it', () => {
  const random = createRandom('pinned');
  expect([
    random.below(1000),
    random.below(1000),
    random.bits(40),
    random.chance(0.5),
  ]).toMatchInlineSnapshot(`
    [
      109,
      875,
      "0000000011010011000011001100011010010100",
      true,
    ]
  `);
});
