import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareSamples,
  levelsAgree,
  undefinedOutputs,
} from '../../../../verifiers/chip/comparison/compare.ts';
import { traceFault } from '../../../../verifiers/chip/comparison/trace.ts';
import type { Plan } from '../../../../verifiers/chip/stimulus/plan.ts';
import { traceToVcd } from '../../../../verifiers/chip/waveform/vcd.ts';
import { port } from '../chip-task.ts';

/** Two cycles of a clocked design: clk, then d of two bits; q of two bits and r. */
const plan: Plan = {
  inputs: [port('clk', 'input'), port('d', 'input', 2)],
  outputs: [port('q', 'output', 2), port('r', 'output')],
  rows: ['000', '100', '011', '111'],
  rowsPerCycle: 2,
  parts: [{ from: 0, name: 'directed' }],
};
const trace = (...outputs: string[]) => plan.rows.map((row, at) => `${row}${outputs[at]}\n`).join('');
const expected = trace('xx0', '001', '00z', '111');

test('where the reference is X anything will do, elsewhere all four levels must be the same', () => {
  const agreement = [...'01xz'].map((want) => [...'01xz'].filter((had) => levelsAgree(want, had)).join(''));
  expect(agreement).toEqual(['0', '1', '01xz', 'z']);
});

describe('a comparison', () => {
  test('of a trace with itself finds nothing, nor where only open bits differ', () => {
    expect(compareSamples(plan, expected, expected)).toEqual({ mismatches: [], wrongRows: 0 });
    expect(compareSamples(plan, expected, trace('010', '001', '00z', '111'))).toEqual({
      mismatches: [],
      wrongRows: 0,
    });
  });

  test('counts by output and shows the first row that is wrong', () => {
    expect(compareSamples(plan, expected, trace('xx0', '001', '000', 'x10'))).toEqual({
      mismatches: [
        { output: 'r', samples: 2, total: 4 },
        { output: 'q', samples: 1, total: 4 },
      ],
      wrongRows: 2,
      first: {
        row: 2,
        cycle: 1,
        part: 'directed',
        phase: 'inactive',
        outputs: ['r'],
        inputs: { clk: '0', d: '11' },
        expected: { q: '00', r: 'z' },
        got: { q: '00', r: '0' },
      },
    });
  });

  test('names the outputs that the reference never defines', () => {
    expect(undefinedOutputs(plan, expected)).toEqual([]);
    expect(undefinedOutputs(plan, trace('x10', 'x11', 'x1x', 'x10'))).toEqual([]);
    expect(undefinedOutputs(plan, trace('xx0', 'xx1', 'xx1', 'xx0'))).toEqual(['q']);
  });
});

describe('a trace', () => {
  const fault = (text: string) => traceFault(text, text.length, plan)?.code;

  test('of all rows is whole', () => {
    expect(fault(expected)).toBe(undefined);
  });

  test.each([
    ['nothing', '', 'ended-early'],
    ['rows that end early', expected.slice(0, 14), 'ended-early'],
    ['a row cut short', expected.slice(0, 16), 'tampered'],
    ['a row too many', `${expected}111111\n`, 'tampered'],
    ['a word before', `x${expected}`, 'tampered'],
    ['a word after', `${expected}x`, 'tampered'],
    ['a row twice', expected.slice(0, 7) + expected, 'inputs-driven'],
    ['other inputs', expected.replace('011', '010'), 'inputs-driven'],
    ['digits of no level', expected.replace('001\n', '0-1\n'), 'tampered'],
    ['lines that end otherwise', expected.replaceAll('\n', '\r'), 'tampered'],
  ])('with %s is not', (_what, text, code) => {
    expect(fault(text)).toBe(code);
  });

  test('of which not all was kept is not', () => {
    expect(traceFault(expected, expected.length + 1, plan)?.code).toBe('tampered');
  });

  test('is whole only as what a plan and levels make', () => {
    const changed = fc.tuple(fc.nat(expected.length - 1), fc.constantFrom(...'01xz\n #'));
    fc.assert(
      fc.property(changed, ([at, digit]) => {
        const text = expected.slice(0, at) + digit + expected.slice(at + 1);
        const isLevel = at % 7 >= 3 && at % 7 < 6 && /[01xz]/.test(digit);
        expect(fault(text) === undefined).toBe(text === expected || isLevel);
      }),
    );
  });
});

test('a VCD shows inputs, both designs and where they differ', () => {
  const got = trace('xx0', '001', '000', '110').slice(0, 21);
  expect(traceToVcd(plan, expected, got)).toBe(
    `$version Assay $end
$timescale 1 ns $end
$scope module inputs $end
$var wire 1 ! clk $end
$var wire 2 " d $end
$upscope $end
$scope module expected $end
$var wire 2 # q $end
$var wire 1 $ r $end
$upscope $end
$scope module got $end
$var wire 2 % q $end
$var wire 1 & r $end
$upscope $end
$scope module differs $end
$var wire 1 ' q $end
$var wire 1 ( r $end
$upscope $end
$enddefinitions $end
#0
0!
b00 "
bxx #
0$
bxx %
0&
0'
0(
#10
1!
b00 #
1$
b00 %
1&
#20
0!
b11 "
z$
0&
1(
#30
1!
b11 #
1$
bxx %
x&
1'
#40
`,
  );
});
