import { expect, test } from 'vitest';
import { type Controls, recogniseControls } from '../../../../verifiers/chip/verilog/controls.ts';
import { tokenize } from '../../../../verifiers/chip/verilog/tokens.ts';

const controls = (body: string, ...inputs: string[]): Controls =>
  recogniseControls(
    tokenize(body),
    inputs.map((name) => ({ name, direction: 'input', width: name === 'bus' ? 8 : 1 })),
  );

test('a design that waits for no edge of an input has no clock', () => {
  expect(controls('always @(*) q = clk;', 'clk', 'reset')).toEqual({ otherClocks: [], otherResets: [] });
  expect(controls('always @(posedge inner) q = 1;', 'clk')).toEqual({ otherClocks: [], otherResets: [] });
});

test('of several inputs whose edges count, the one named like a clock is it', () => {
  const body = 'always @(posedge a or posedge sys_clk) q <= 1; always @(posedge a) r <= 1;';
  expect(controls(body, 'a', 'sys_clk').clock).toEqual({ port: 'sys_clk', edge: 'posedge' });
  expect(controls('always @(negedge c) q <= 1;', 'c').clock).toEqual({ port: 'c', edge: 'negedge' });
  expect(controls('always @(posedge clk, negedge clk) q <= 1;', 'clk').clock?.edge).toBe('posedge');
});

test('an input that shares the event control of the clock is an asynchronous reset', () => {
  const body = 'always @(posedge clk or negedge ar) if (!ar) q <= 0; else q <= d;';
  expect(controls(body, 'clk', 'ar', 'd').reset).toMatchObject({ port: 'ar', active: 'low', kind: 'async' });
});

test.each([
  ['if (reset) q <= 0;', 'reset', 'high'],
  ['if (!reset) q <= 0;', 'reset', 'low'],
  ['if (~rst_n) q <= 0;', 'rst_n', 'low'],
  ['if (srst) q <= 0;', 'srst', 'high'],
  ['if (resetn == 0) q <= 0;', 'resetn', 'low'],
  ['if (i_rst) q <= 0;', 'i_rst', 'high'],
])('%s tells a synchronous reset', (body, port, active) => {
  const found = controls(`always @(posedge clk) ${body}`, 'clk', 'start', port).reset;
  expect(found).toMatchObject({ port, active, kind: 'sync' });
});

test('a bus and an input with another name are data', () => {
  expect(controls('always @(posedge clk) if (burst) q <= 0;', 'clk', 'burst', 'bus').reset).toBeUndefined();
});

test('further edges are those of other clocks, or of resets where they are named so', () => {
  const body =
    'always @(posedge wclk or negedge wrst_n) a <= 1; always @(negedge rclk or negedge rrst_n) b <= 1;';
  expect(controls(body, 'wclk', 'rclk', 'wrst_n', 'rrst_n')).toMatchObject({
    clock: { port: 'wclk', edge: 'posedge' },
    reset: { port: 'wrst_n', active: 'low', kind: 'async' },
    otherClocks: [{ port: 'rclk', edge: 'negedge' }],
    otherResets: ['rrst_n'],
  });
});
