/** A part of a text by its offsets. */
export type Range = { start: number; end: number };

/**
 * Finds the comments of a source, given the ranges of its literals in order (strings, templates, regular
 * expressions): what opens a comment outside of these is one.
 */
export function findComments(source: string, literals: readonly Range[]): Range[] {
  const comments: Range[] = [];
  const opening = /\/\/|\/\*/g;
  let next = 0;
  for (let match = opening.exec(source); match; match = opening.exec(source)) {
    const start = match.index;
    while ((literals[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1;
    const literal = literals[next];
    if (literal && literal.start <= start) {
      opening.lastIndex = literal.end;
      continue;
    }
    const end = match[0] === '//' ? lineEnd(source, start) : blockEnd(source, start);
    comments.push({ start, end });
    opening.lastIndex = end;
  }
  return comments;
}

function lineEnd(source: string, start: number): number {
  const pattern = /[\n\r\u2028\u2029]/g;
  pattern.lastIndex = start;
  return pattern.exec(source)?.index ?? source.length;
}

function blockEnd(source: string, start: number): number {
  const end = source.indexOf('*/', start + 2);
  return end < 0 ? source.length : end + 2;
}
