import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FilterError } from '../src/error.ts';
import { readFilter } from '../src/filter.ts';

const open = { status: 'open', size: 3 };
const closed = { status: 'closed', size: 12, owner: 'Ann' };

/** Which of the two records a filter takes. */
function takes(filter: string): string {
  const read = readFilter(filter);
  return `${read(open) ? 'open' : '-'} ${read(closed) ? 'closed' : '-'}`;
}

describe('a filter', () => {
  test('still compares and joins by and', () => {
    assert.equal(takes('status = "open"'), 'open -');
    assert.equal(takes('size >= 3 and size != 12'), 'open -');
    assert.equal(takes('owner != "Bo"'), '- closed');
    assert.equal(takes('size = "3"'), '- -');
  });
  test('joins by or, which binds less than and', () => {
    assert.equal(takes('status = "open" or owner = "Ann"'), 'open closed');
    assert.equal(takes('size > 5 or size > 100 and status = "open"'), '- closed');
    assert.equal(takes('status = "open" and size > 100 or size > 5'), '- closed');
  });
  test('turns over what not stands before, which binds most', () => {
    assert.equal(takes('not status = "open"'), '- closed');
    assert.equal(takes('not status = "open" and size > 100'), '- -');
    assert.equal(takes('not not size < 5'), 'open -');
    assert.equal(takes('not owner = "Ann"'), 'open -');
  });
  test('has parentheses', () => {
    assert.equal(takes('(size > 5 or size < 100) and status = "open"'), 'open -');
    assert.equal(takes('not (size > 5 or status = "x")'), 'open -');
    assert.equal(takes('((size>5))'), '- closed');
  });
  test('takes everything when it is empty', () => {
    assert.equal(takes(''), 'open closed');
    assert.equal(takes('  '), 'open closed');
  });
  test('may end in blanks, and have none around signs', () => {
    assert.equal(takes('size>5  '), '- closed');
    assert.equal(takes('size>-5and size<5\n'), 'open -');
  });
});

describe('what is no filter', () => {
  const places: [string, number][] = [
    ['size >', 6],
    ['size > 5 and', 12],
    ['size > 5 status = "open"', 9],
    ['(size > 5', 9],
    ['size > 5)', 8],
    ['size 5', 5],
    ['= 5', 0],
    ['size > 5 ; size < 3', 9],
    ['size > size', 7],
    ['and size > 5', 0],
    ['size > 5 or or size < 3', 12],
    ['()', 1],
    ['name = "x', 7],
  ];
  for (const [filter, position] of places) {
    test(`is told at its place: ${filter}`, () => {
      assert.throws(
        () => readFilter(filter),
        (error) => error instanceof FilterError && error.position === position && error.name === 'FilterError',
      );
    });
  }
});
