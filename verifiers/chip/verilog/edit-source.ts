import type { Token } from './tokens.ts';

/** Puts `text` in the place of the tokens from `from` to `to`, or before `from` where there is no `to`. */
export type Edit = { from: Token; to?: Token; text: string };

/** Changes a source at some of its tokens; all else stays as it was written. The edits come in the order of the text. */
export function editSource(source: string, edits: readonly Edit[]): string {
  const offset = offsetsIn(source);
  let at = 0;
  let edited = '';
  for (const { from, to, text } of edits) {
    edited += source.slice(at, offset(from)) + text;
    at = to ? offset(to) + to.text.length : offset(from);
  }
  return edited + source.slice(at);
}

/** The text from the start of one token to the end of another. */
export function textBetween(source: string, first: Token, last: Token): string {
  const offset = offsetsIn(source);
  return source.slice(offset(first), offset(last) + last.text.length);
}

function offsetsIn(source: string): (token: Token) => number {
  const starts = lineStarts(source);
  return ({ line, column }) => (starts[line - 1] ?? 0) + column - 1;
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
