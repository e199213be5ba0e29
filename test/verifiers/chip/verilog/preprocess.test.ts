import fc from 'fast-check';
import { expect, test } from 'vitest';
import { preprocess } from '../../../../verifiers/chip/verilog/preprocess.ts';

const text = (source: string) => preprocess(source).design?.text;
const refusal = (source: string) => {
  const { refused } = preprocess(source);
  return refused && `${refused.line}:${refused.column} ${refused.message}`;
};

test('comments, attributes and time scales go, lines and columns stay', () => {
  const source = '`timescale 1ns / 1ps // x\n/* a\n b */ module m; (* keep *) wire w; // end\nendmodule\n';
  expect(text(source)).toBe('\n\n      module m;            wire w;\nendmodule\n');
});

test('units of time go, since a design has no delays', () => {
  expect(text('timeunit 1ns / 1ps; timeprecision 1fs;\nmodule m; endmodule\n')).toBe(
    '\nmodule m; endmodule\n',
  );
});

test('the star of a sensitivity list is no attribute', () => {
  expect(text('always @(*) a = b; always @(* ) c = (* x *) d;\n')).toBe(
    'always @(*) a = b; always @(* ) c =         d;\n',
  );
});

test('macros are expanded where they are used, also nested, with arguments and over continued lines', () => {
  const source = '`define W 8\n`define MAX(a, b) \\\n  ((a) > (b) ? (a) : (b))\nx = `MAX(`W, f(1, 2));\n';
  expect(text(source)?.replace(/\s+/g, '')).toBe('x=((8)>(f(1,2))?(8):(f(1,2)));');
  expect(text("`define V 3\n8'd`V;\n")).toBe("\n8'd 3;\n");
});

test('an attribute that comes out of a macro goes as well', () => {
  expect(text('`define KEEP (* keep *)\n`KEEP wire w;\n')?.trim()).toBe('wire w;');
});

test('conditions see the macros of the design and none of the symbols that tools define', () => {
  const source = [
    '`define A',
    '`ifdef SYNTHESIS',
    'no "open',
    '`elsif A',
    '`ifndef __ICARUS__',
    'yes',
    '`else',
    'no',
    '`endif',
    '`else',
    'no',
    '`endif',
  ];
  expect(text(source.join('\n'))?.trim()).toBe('yes');
});

test('what an undeclared name means is kept for the tools', () => {
  expect(text('`default_nettype none\nmodule m; endmodule `resetall\n')).toBe(
    '`default_nettype none\nmodule m; endmodule\n`default_nettype wire\n\n',
  );
});

test.each([
  [
    '`include "x.vh"',
    '1:1 `include is not accepted: a design is one file; put the text of the included file in its place',
  ],
  ['a\n `line 3 "f" 0', '2:2 `line is not accepted: messages must point at the lines of the design itself'],
  ['`pragma x', '1:1 `pragma is not accepted: tool-specific instructions are not part of a design'],
  ['`define J(a,b) a``b', '1:17 macros that build names or strings (``) are not supported'],
  ['module m; /* endmodule', '1:11 this block comment does not end'],
  ['`ifdef A\n/* `endif', '2:1 this block comment does not end'],
  ['`ifdef A\n', '1:1 `ifdef has no `endif'],
  ['`endif', '1:1 `endif without `ifdef'],
  ['`else\n', '1:1 `else without `ifdef'],
  ['`NOPE', '1:1 macro `NOPE is not defined'],
  ['`define A `B\n`define B `A\n `A', '3:2 macro `A uses itself'],
  ['`define A(x) x\n`A', '2:1 macro `A needs its arguments in parentheses'],
  ['`define A(x) x\n`A(1,2)', '2:1 macro `A takes 1 arguments, not 2'],
  ['`define A(x=1) x', '1:10 macro parameters must be plain names separated by commas, without defaults'],
  ['`define define 1', '1:9 a compiler directive cannot be redefined: define'],
  ['`timescale fast', '1:1 `timescale needs a unit and a precision, as in 1ns/1ps'],
  ['(* keep', '1:1 this attribute does not end'],
  ['assign a = "b', '1:12 this string does not end on its line'],
  ['a \\\nb', '1:3 a backslash ends this line outside a macro'],
])('%j is refused with its place and reason', (source, message) => {
  expect(refusal(source)).toBe(message);
});

test('nested macros end at their bound', () => {
  const doubling = Array.from({ length: 40 }, (_, i) => `\`define A${i + 1} \`A${i} \`A${i}`).join('\n');
  expect(refusal(`\`define A0 x\n${doubling}\n\`A40`)).toBe('42:1 macros expand to more than 400000 tokens');
  expect(refusal(`\`define A0\n${doubling}\n\`A40`)).toBe('42:1 macros expand to more than 400000 tokens');
});

test('the canonical text reads as itself', () => {
  const pieces = fc.constantFrom(
    'a',
    ' ',
    '\n',
    '/* c */',
    '// d\n',
    '(* e *)',
    '@(*)',
    "4'b0",
    '`define X y\n',
    '`X ',
    '"s"',
    '/',
    '*',
  );
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      const once = text(parts.join(''));
      if (once !== undefined) expect(text(once)).toBe(once);
    }),
  );
});
