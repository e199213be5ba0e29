import { pairBrackets } from '../verilog/brackets.ts';
import { type Token, tokenize } from '../verilog/tokens.ts';
import { readStructure } from './structure/read-structure.ts';
import type { Span, Structure } from './structure/structure.ts';

/** A design as operators look at it. Token indices lead back to places in `source`. */
export type MutableDesign = {
  source: string;
  tokens: Token[];
  pairs: Int32Array;
  structure: Structure;
  /** The source text of a span, with the comments in it. */
  textOf(span: Span): string;
  /** Where a token starts in the source. */
  startOf(at: number): number;
};

/** A span of tokens and the text to stand in its place; an empty span is where text is put in. */
export type Edit = Span & { text: string };

/** Reads a design. Whatever stands on a line with a directive is left out, so that no edit touches it. */
export function readDesign(source: string): MutableDesign {
  const all = tokenize(source);
  const directives = new Set(all.filter(({ kind }) => kind === 'directive').map(({ line }) => line));
  const tokens = all.filter(({ line }) => !directives.has(line));
  const pairs = pairBrackets(tokens);
  const starts = lineStarts(source);
  const startOf = (at: number) => {
    const token = tokens[at];
    return token ? (starts[token.line - 1] ?? 0) + token.column - 1 : source.length;
  };
  const endOf = (at: number) => startOf(at) + (tokens[at]?.text.length ?? 0);
  const textOf = ({ from, to }: Span) => (to > from ? source.slice(startOf(from), endOf(to - 1)) : '');
  return { source, tokens, pairs, structure: readStructure(tokens, pairs), textOf, startOf };
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The source with the edits made; they must not overlap. */
export function applyEdits(design: MutableDesign, edits: readonly Edit[]): string {
  let text = design.source;
  for (const edit of [...edits].sort((left, right) => right.from - left.from)) {
    const start = design.startOf(edit.from);
    const end = start + design.textOf(edit).length;
    text = text.slice(0, start) + edit.text + text.slice(end);
  }
  return text;
}
