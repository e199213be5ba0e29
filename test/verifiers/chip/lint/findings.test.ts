import { expect, test } from 'vitest';
import { joined, scoreOf, told } from '../../../../verifiers/chip/lint/findings.ts';
import { icarusFindings } from '../../../../verifiers/chip/lint/icarus-warnings.ts';
import { readVerilatorMessages } from '../../../../verifiers/chip/lint/verilator-messages.ts';
import type { Diagnostic } from '../../../../verifiers/verdict.ts';

const text = `%Warning-DECLFILENAME: a.sv:1:8: Filename 'a' does not match MODULE name: 'm'
    1 | module m(input clk);
      |        ^
%Warning-WIDTH: a.sv:3:4: Operator ASSIGNW expects 8 bits
%Warning-LATCH: a.sv:4:2: Latch inferred for signal 'm.l'
%Warning-FROMTHEFUTURE: a.sv:4:9: Something new
%Error: a.sv:5:29: Can't find definition of variable: 'zz'
%Error-BLKANDNBLK: a.sv:6:1: Unsupported: Blocked and non-blocking assignments to same variable: 'm.q'
%Error: Internal Error: a.sv:7:104: ../V3Number.cpp:897: toUInt with 4-state 1'bx
%Error: Exiting due to 2 error(s)
`;

test("Verilator's findings count by their code; what the linter lacks is no error of the design", () => {
  const found = readVerilatorMessages(text);
  expect(found.map(({ standing }) => standing)).toEqual([
    ...['style', 'slight', 'grave', 'slight', 'error', 'tool', 'tool'],
  ]);
  expect(found[1]?.diagnostic).toEqual({
    severity: 'warning',
    code: 'WIDTH',
    message: 'Operator ASSIGNW expects 8 bits',
    file: 'a.sv',
    line: 3,
    column: 4,
  });
  expect(found[4]?.diagnostic).toEqual({
    severity: 'error',
    message: "Can't find definition of variable: 'zz'",
    file: 'a.sv',
    line: 5,
    column: 29,
  });
});

test('style is not told, the worst comes first, and each finding has its price', () => {
  const found = readVerilatorMessages(text);
  expect(told(found).map(({ line }) => line)).toEqual([5, 4, 6, undefined, 3, 4]);
  expect(scoreOf(found)).toBe(0);
  const price = (line: RegExp) =>
    scoreOf(
      readVerilatorMessages(
        text
          .split('\n')
          .filter((said) => line.test(said))
          .join('\n'),
      ),
    );
  expect([/DECL/, /WIDTH/, /LATCH/, /FUTURE/, /WIDTH|LATCH/].map(price)).toEqual([1, 0.9, 0.7, 0.9, 0.6]);
});

const warning = (message: string, line = 3): Diagnostic => ({
  severity: 'warning',
  message,
  file: 'a.sv',
  line,
});

test.each([
  ["implicit definition of wire 'impl'.", 'IMPLICIT', 'slight'],
  ['Port 1 (a) of sub expects 4 bits, got 8. Pruning 4 high bits of the expression.', 'WIDTH', 'slight'],
  ['Numeric constant truncated to 8 bits.', 'WIDTH', 'slight'],
  ['extra digits given for sized hex constant.', 'WIDTH', 'slight'],
  ['Instantiating module sub with dangling input port 2 (b) floating.', 'PINMISSING', 'slight'],
  [
    "Constant bit select [9] is after vector d[7:0]. Replacing select with a constant 1'bx.",
    'SELRANGE',
    'grave',
  ],
  ['Part select [8:1] is selecting after the vector d[7:0].', 'SELRANGE', 'grave'],
  ['d[3+:8] is selecting after vector.', 'SELRANGE', 'grave'],
  ['bit select q[9] is out of range.', 'SELRANGE', 'grave'],
  ["returning 'bx for out of bounds array access a[4].", 'SELRANGE', 'grave'],
  ["Constant bit select [1'bx] is undefined for vector 'v'.", 'SELRANGE', 'grave'],
  ['@* found no sensitivities so it will never trigger.', 'NOSENSE', 'grave'],
  ['always_comb process has no sensitivities.', 'NOSENSE', 'grave'],
  [
    'Synthesis requires the sensitivity list of an always_ff process to only be edge sensitive.',
    'NOEDGE',
    'grave',
  ],
  ['A non-blocking assignment should not be used in an always_comb process.', 'COMBDLY', 'grave'],
  ['Static variable initialization requires explicit lifetime in this context.', 'IMPLICITSTATIC', 'slight'],
  ["@* is sensitive to all 4 words in array 'mem'.", 'DEPRECATED', 'style'],
  [
    'A for statement must use the index (i) in the condition expression to be synthesized.',
    'LOOPFORM',
    'style',
  ],
  ['something that no version said so far', undefined, 'slight'],
])('Icarus warns "%s": %s', (message, code, standing) => {
  expect(icarusFindings([warning(message)])).toEqual([
    { standing, diagnostic: { ...warning(message), ...(code && { code }) } },
  ]);
});

test("Icarus' errors are not lint's", () => {
  expect(icarusFindings([{ severity: 'error', message: 'syntax error', line: 1 }])).toEqual([]);
});

test('what both tools find on a line counts once', () => {
  const verilator = readVerilatorMessages('%Warning-WIDTHTRUNC: a.sv:3:4: Operator ASSIGNW expects 8 bits');
  const icarus = icarusFindings([
    warning('Numeric constant truncated to 8 bits.'),
    warning('Numeric constant truncated to 8 bits.', 4),
  ]);
  expect(joined(verilator, icarus).map(({ diagnostic }) => diagnostic.line)).toEqual([3, 4]);
});
