import { expect, test } from 'vitest';
import { remembered } from '../../verifiers/remembered.ts';

/** What is made of the texts in turn, as often as it is made. */
function madeOf(most: number, texts: readonly string[]): string[] {
  const made: string[] = [];
  const lengthOf = remembered(most, (text) => {
    made.push(text);
    return text.length;
  });
  expect(texts.map(lengthOf)).toEqual(texts.map((text) => text.length));
  return made;
}

test('makes something of a text once', () => {
  expect(madeOf(2, ['a', 'b', 'a', 'b', 'a'])).toEqual(['a', 'b']);
});

test('keeps no more than it may, and no long text', () => {
  expect(madeOf(2, ['a', 'b', 'c', 'c', 'a'])).toEqual(['a', 'b', 'c', 'a']);
  const long = 'x'.repeat(5000);
  expect(madeOf(2, [long, long])).toEqual([long, long]);
});
