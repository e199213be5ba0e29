import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tokenize } from '../../../../verifiers/chip/verilog/tokens.ts';

const kinds = (source: string) => tokenize(source).map(({ kind, text }) => `${kind} ${text}`);

test('numbers keep their size, base, spaces and underscores as the standard lexes them', () => {
  expect(kinds("8'hFF 4 'b 10_x? '1 'sd3 1.5e-3 16'd W")).toEqual([
    'number 8',
    "number 'hFF",
    'number 4',
    "number 'b 10_x?",
    "number '1",
    "number 'sd3",
    'number 1.5e-3',
    'number 16',
    "number 'd",
    'word W',
  ]);
});

test('casts and assignment patterns are not taken for numbers', () => {
  expect(kinds("4'(a) '{b}")).toEqual([
    'number 4',
    "symbol '(",
    'word a',
    'symbol )',
    "symbol '{",
    'word b',
    'symbol }',
  ]);
});

test('comments and strings hide each other in the order in which they begin', () => {
  expect(kinds('a // "x\n"//" /* " */ b')).toEqual(['word a', 'string "//"', 'word b']);
});

test('a block comment or a string without its end is invalid, with its reason', () => {
  expect(tokenize('a /* b').at(-1)).toEqual({
    kind: 'invalid',
    text: '/* b',
    line: 1,
    column: 3,
    spaced: true,
    fault: 'this block comment does not end',
  });
  expect(tokenize('"a\n;').map((token) => token.kind)).toEqual(['invalid', 'symbol']);
});

test('escaped names end at white space, system names and directives keep their sign', () => {
  expect(kinds('\\a;b $bits `X \\\n')).toEqual([
    'escaped \\a;b',
    'system $bits',
    'directive `X',
    'continuation \\\n',
  ]);
});

test('characters outside ASCII are invalid except in comments', () => {
  expect(kinds('// é\n\uFEFFa')).toEqual(['word a']);
  expect(tokenize('é')[0]?.fault).toBe('the character U+00E9 has no meaning in Verilog outside comments');
});

test('lines end with a line feed, also behind a carriage return', () => {
  expect(tokenize('a\r\nb\rc\nd').map(({ text, line, column }) => [text, line, column])).toEqual([
    ['a', 1, 1],
    ['b', 2, 1],
    ['c', 2, 3],
    ['d', 3, 1],
  ]);
});

test('any text is split into tokens that stand where they say', () => {
  const verilog = fc.stringMatching(/^[a-z0-9'"`\\/*()#.$ \n_?bhx{}é]*$/);
  fc.assert(
    fc.property(fc.oneof(verilog, fc.string({ unit: 'binary' })), (source) => {
      const lines = source.split('\n');
      for (const { text, line, column } of tokenize(source)) {
        expect(
          lines
            .slice(line - 1)
            .join('\n')
            .startsWith(text, column - 1),
        ).toBe(true);
      }
    }),
  );
});
