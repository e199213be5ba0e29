import type { Token } from '../../verilog/tokens.ts';
import type { Span, Structure, Timing } from './structure.ts';

/** What surrounds a statement. */
export type Context = { timing: Timing; isReset: boolean };
/** A walk over the tokens of a design: `at` is its place, `resetAt` that of the `if` whose branch a reset takes. */
export type State = {
  tokens: Token[];
  pairs: Int32Array;
  at: number;
  resetAt: number;
  found: Structure;
  /** Reads one statement or item of a module; always comes further. */
  item: Reader;
};
/** Reads what stands at the place, and goes on behind it. */
export type Reader = (state: State, context: Context) => void;

export const text = ({ tokens }: State, at: number) => tokens[at]?.text ?? '';

/** The index of the semicolon that ends what starts at `at`, or of the end of the text. */
export function semicolon(state: State, at: number): number {
  return next(state, at, (word) => word === ';');
}

/** The first place from `at` on, outside brackets, whose text is `wanted`. */
export function next({ tokens, pairs }: State, at: number, wanted: (word: string) => boolean): number {
  let place = at;
  while (place < tokens.length && !wanted(tokens[place]?.text ?? '')) {
    const pair = pairs[place] ?? -1;
    place = pair > place ? pair + 1 : place + 1;
  }
  return place;
}

/** Takes the parentheses at the place, and answers what is between them. */
export function parenthesised(state: State): Span | undefined {
  const end = text(state, state.at) === '(' ? (state.pairs[state.at] ?? -1) : -1;
  if (end < 0) return undefined;
  const inside = { from: state.at + 1, to: end };
  state.at = end + 1;
  return inside;
}

/** The parts of a span between separators that stand outside brackets. */
export function splitAt(
  { tokens, pairs }: Pick<State, 'tokens' | 'pairs'>,
  span: Span,
  ...separators: string[]
): Span[] {
  const parts: Span[] = [];
  let from = span.from;
  for (let at = span.from; at < span.to; at += 1) {
    const pair = pairs[at] ?? -1;
    if (pair > at) at = pair;
    else if (separators.includes(tokens[at]?.text ?? '')) {
      parts.push({ from, to: at });
      from = at + 1;
    }
  }
  return [...parts, { from, to: span.to }].filter((part) => part.to > part.from);
}

export const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, step) => from + step);

export function label(state: State): void {
  if (text(state, state.at) === ':') state.at += 2;
}
