import { describe, expect, test } from 'vitest';
import { compareSamples } from '../../../../verifiers/chip/comparison/compare.ts';
import type { Plan } from '../../../../verifiers/chip/stimulus/plan.ts';
import { hexDigits, literal } from '../../../../verifiers/chip/waveform/level-text.ts';
import { mismatchSvg } from '../../../../verifiers/chip/waveform/svg.ts';
import { sampleTable } from '../../../../verifiers/chip/waveform/table.ts';
import { waveJson } from '../../../../verifiers/chip/waveform/wave-json.ts';
import { windowOf } from '../../../../verifiers/chip/waveform/window.ts';
import { counter, port } from '../chip-task.ts';

/** Three cycles: clk, then d of two bits; q of five bits and r. */
const plan: Plan = {
  inputs: [port('clk', 'input'), port('d', 'input', 2)],
  outputs: [port('q', 'output', 5), port('r', 'output')],
  rows: ['000', '100', '011', '111', '011', '111'],
  rowsPerCycle: 2,
  parts: [{ from: 0, name: 'directed' }],
};
const trace = (...outputs: string[]) => outputs.map((levels, at) => `${plan.rows[at]}${levels}\n`).join('');
const expected = trace('xxxxx0', '000010', '000010', '100010', '100010', '11111z');
const got = trace('000000', '000010', '000010', '100110', '100110', '111111');
const clock = { port: 'clk', edge: 'posedge' } as const;

describe('a level is written', () => {
  test.each([
    ['1', '1', '1'],
    ['z', 'z', 'z'],
    ['10110', '16', "5'h16"],
    ['xxxxxxxx', 'xx', "8'hxx"],
    ['zzzzz', 'zz', "5'hzz"],
    ['000x1111', 'Xf', "8'hXf"],
    ['0z00', 'Z', "4'hZ"],
    ['1'.repeat(200), 'f'.repeat(50), `200'h${'f'.repeat(9)}…${'f'.repeat(9)}`],
  ])('%s as %s and %s', (bits, digits, text) => {
    expect([hexDigits(bits), literal(bits)]).toEqual([digits, text]);
  });
});

describe('the first mismatch', () => {
  test('is a table of the samples that led to it, with what was expected beside what came', () => {
    const window = windowOf(plan, expected, got, { row: 3, before: 1, after: 0 });
    expect(sampleTable(window, 'clk')).toEqual([
      { '#': '0 low', d: "2'h0", q: "5'h00", r: '0' },
      { '#': '0 high', d: "2'h0", q: "5'h01", r: '0' },
      { '#': '1 low', d: "2'h3", q: "5'h01", r: '0' },
      { '#': '1 high', d: "2'h3", q: "5'h13, expected 5'h11", r: '0' },
    ]);
  });

  test('is a waveform in which both levels of an output that differs stand one above the other', () => {
    const window = windowOf(plan, expected, got, { row: 3, before: 5, after: 5 });
    const drawing = waveJson('a/task', plan, compareSamples(plan, expected, got), window, clock);
    expect(drawing).toEqual({
      head: { text: 'a/task: first mismatch in cycle 1 (directed)', tick: '0 \u200b 1 \u200b 2 \u200b 3 ' },
      foot: { text: 'q differs in 2 of 6 samples; r differs in 1 of 6 samples' },
      config: { hscale: 2 },
      signal: [
        { name: 'clk', wave: 'lHlHlH', data: [] },
        { name: 'd[1:0]', wave: '=.=...', data: ['0', '3'] },
        {},
        { name: 'q[4:0] expected', wave: 'x=.7.=', data: ['01', '11', '1f'] },
        { name: 'q[4:0] got', wave: '==.9.=', data: ['00', '01', '13', '1f'] },
        { name: 'r expected', wave: '0....7', data: ['z'] },
        { name: 'r got', wave: '0....9', data: ['1'] },
      ],
    });
  });

  test('shows a simulation that ended early as X from there on', () => {
    const window = windowOf(plan, expected, got.slice(0, 30), { row: 3, before: 0, after: 0 });
    expect(sampleTable(window, 'clk').at(-1)).toMatchObject({ '#': '1 high', q: "5'hxx, expected 5'h11" });
  });

  test('is drawn as one SVG, and nothing is drawn where nothing differs', () => {
    const traces = { plan, expected, got, ...compareSamples(plan, expected, got) };
    const svg = mismatchSvg('a/task', traces, counter.verify);
    expect(svg).toMatch(/^<svg [^>]*viewBox="-\d+ 0 \d+ \d+"[^>]*><rect[^>]*fill="#fff"\/>.*<\/svg>\n$/s);
    expect(svg).toContain('q[4:0] expected');
    const same = { plan, expected, got: expected, ...compareSamples(plan, expected, expected) };
    expect(mismatchSvg('a/task', same, counter.verify)).toBeUndefined();
  });
});
