import { expect, test } from 'vitest';
import { formatEvidence } from '../../cli/evidence-text.ts';

test('a record becomes lines of name and value, a list of records a table, text keeps its lines', () => {
  const evidence = {
    case: 'two lines',
    stdout: 'one\ntwo',
    got: { count: '00', done: '1' },
    mismatches: [
      { output: 'count', samples: 3 },
      { output: 'done', samples: 1 },
    ],
    absent: undefined,
  };
  expect(formatEvidence(evidence)).toBe(`case        two lines
stdout      one
            two
got         {"count":"00","done":"1"}
mismatches
  output  samples
  count   3
  done    1`);
});

test('what is long is cut, in width and in number', () => {
  expect(formatEvidence({ text: 'x'.repeat(500) }).length).toBeLessThan(120);
  expect(formatEvidence(Array.from({ length: 50 }, (_, n) => ({ n })))).toMatch(/\nand 30 more$/);
});

test.each([[null], [3], ['text'], [[1, 2]], [{}]])('%j as evidence is printed too', (evidence) => {
  expect(() => formatEvidence(evidence)).not.toThrow();
});
