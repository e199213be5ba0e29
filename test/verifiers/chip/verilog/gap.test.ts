import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillGap, partsOf } from '../../../../verifiers/chip/verilog/gap.ts';
import { tokenize } from '../../../../verifiers/chip/verilog/tokens.ts';

const given = `module top(input a, output y, output z);
  // What is left:
  // <answer>
  assign z = ~y;
endmodule
`;
const ending = `module top(input a, output y);
  // <answer>
`;
const words = (text: string) => tokenize(text).map((token) => token.text);
const whole = (fill: string) => given.replace('// <answer>', fill);

test('an answer takes the place of the gap, and its lines are counted as its own', () => {
  const { text, refused } = fillGap(given, 'wire b = a;\nassign y = b;', 'top');
  expect(refused).toBeUndefined();
  expect(words(text)).toEqual(words(whole('wire b = a; assign y = b;')));
  expect(text.split('\n')[1]).toBe('assign y = b;');
});

test('a comment at the end of an answer hides nothing of what was given', () => {
  const { text } = fillGap(given, 'assign y = a; // done', 'top');
  expect(words(text)).toEqual(words(whole('assign y = a;')));
});

test('the whole module is an answer too, if it keeps what was given', () => {
  const answer = whole('assign y = a; /* a */').replace('  // What is left:\n', '');
  expect(fillGap(given, answer, 'top')).toEqual({ text: answer });
});

test('where nothing stands behind the gap, the answer ends the module', () => {
  const { text, refused } = fillGap(ending, 'assign y = a; endmodule', 'top');
  expect(refused).toBeUndefined();
  expect(words(text)).toEqual(words('module top(input a, output y); assign y = a; endmodule'));
});

describe('an answer is refused', () => {
  test.each([
    ['that ends the module of the gap', 'assign y = a; endmodule module left(output z);', 1, 15],
    ['that leaves a module open', 'assign y = a;\nmodule other;', 2, 1],
    ['that leaves a block open', 'always_comb begin y = a;', 1, 13],
    ['that closes a block it has not opened', 'assign y = a; end', 1, 15],
    ['with a macro for what stands behind', '`define z y\nassign y = a;', 1, 1],
    ['with a condition around what stands behind', 'assign y = a;\n`ifdef NEVER', 2, 1],
    [
      'that is the whole module with other ports',
      whole('assign y = a;').replace('output z', 'output reg z'),
      1,
      1,
    ],
    ['that is the whole module without its end', whole('assign y = a;').replace('assign z = ~y;', ''), 1, 1],
    ['that is another module of that name', 'module top(output y); assign y = 1; endmodule', 1, 1],
  ])('%s', (_what, answer, line, column) => {
    expect(fillGap(given, answer, 'top').refused).toMatchObject({ code: 'gap', line, column });
  });
});

test('a given design has one gap, on a line of its own', () => {
  expect(partsOf(given)).toHaveLength(2);
  expect(partsOf(`${given}// <answer>\n`)).toBeUndefined();
  expect(partsOf('module top; assign y = a; // <answer>\nendmodule\n')).toBeUndefined();
});

test('whatever is answered, what was given stands around it or the answer is refused', () => {
  const piece = fc.constantFrom(
    'begin',
    'end',
    'module',
    'endmodule',
    'x',
    ';',
    '//',
    '/*',
    '*/',
    '\n',
    '`define',
    '"',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const { text, refused } = fillGap(given, pieces.join(' '), 'top');
      const found = tokenize(text);
      if (refused || found.some(({ kind }) => kind === 'invalid')) return;
      expect(found.slice(-7).map((token) => token.text)).toEqual(words('assign z = ~y; endmodule').slice(-7));
    }),
  );
});
