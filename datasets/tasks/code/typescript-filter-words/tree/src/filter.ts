import { type Comparison, compare, isSign } from './compare.ts';
import { type Token, tokensOf } from './tokens.ts';

/** The fields of a record that filters look at. */
export type Fields = Readonly<Record<string, string | number>>;

/** A filter that has been read: whether it takes a record. */
export type Filter = (fields: Fields) => boolean;

/** Reads a filter: comparisons of a field with a text in quotes or a number, joined by `and`. */
export function readFilter(text: string): Filter {
  const tokens = tokensOf(text);
  const comparisons: Comparison[] = [];
  for (let at = 0; at < tokens.length; at += 4) {
    comparisons.push(readComparison(tokens.slice(at, at + 3)));
    const joint = tokens[at + 3];
    if (joint && joint.text !== 'and') throw new Error('not a filter');
  }
  return (fields) => comparisons.every((comparison) => compare(fields, comparison));
}

function readComparison([name, sign, value]: readonly Token[]): Comparison {
  if (name?.kind !== 'name' || !isSign(sign?.text) || !value) throw new Error('not a filter');
  return { name: name.text, sign: sign.text, value: value.kind === 'number' ? Number(value.text) : value.text };
}
