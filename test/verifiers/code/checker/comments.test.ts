import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findComments } from '../../../../verifiers/code/checker/comments.ts';

describe('findComments', () => {
  it('finds what is outside of literals', () => {
    const source = 'a // one\n"// two" /* three\n*/ `/* four */` /five\\/\\// // six';
    const literals = ['"// two"', '`/* four */`', '/five\\/\\//'].map((text) => {
      const start = source.indexOf(text);
      return { start, end: start + text.length };
    });
    const texts = findComments(source, literals).map(({ start, end }) => source.slice(start, end));
    expect(texts).toEqual(['// one', '/* three\n*/', '// six']);
  });

  it('ends on any text, with ranges in order', () => {
    const text = fc.array(fc.constantFrom('//', '/*', '*/', '\n', 'a', '"')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.nat(10), fc.nat(10), (source, start, length) => {
        const comments = findComments(source, [{ start, end: start + length }]);
        const offsets = comments.flatMap((comment) => [comment.start, comment.end]);
        expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
      }),
    );
  });
});
