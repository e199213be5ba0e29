import { Refused } from './refusal.ts';
import type { Token } from './tokens.ts';

/**
 * Leaves out attribute instances, `(* ... *)`: they instruct single tools, and no two tools may see another design.
 * The star of `@(*)` is none.
 */
export function withoutAttributes(tokens: Token[]): Token[] {
  const kept: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at] as Token;
    if (startsAttribute(tokens, at)) at = attributeEnd(tokens, at, token);
    else {
      kept.push(token);
      at += 1;
    }
  }
  return kept;
}

function startsAttribute(tokens: Token[], at: number): boolean {
  const [open, star, next] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  return open?.text === '(' && star?.text === '*' && !star.spaced && next?.text !== ')';
}

function attributeEnd(tokens: Token[], start: number, open: Token): number {
  for (let at = start + 2; at + 1 < tokens.length; at += 1) {
    const [star, close] = [tokens[at] as Token, tokens[at + 1] as Token];
    if (star.text === '*' && close.text === ')' && !close.spaced) return at + 2;
  }
  throw new Refused(open, 'text', 'this attribute does not end');
}
