import type { Token } from './tokens.ts';

/** Leaves out `timeunit 1ns;` and its like: a design has no delays, and its time must not change the driver's. */
export function withoutTimeUnits(tokens: Token[]): Token[] {
  const kept: Token[] = [];
  let dropping = false;
  for (const [index, token] of tokens.entries()) {
    const isUnit = token.text === 'timeunit' || token.text === 'timeprecision';
    dropping ||= isUnit && tokens[index + 1]?.kind === 'number';
    if (!dropping) kept.push(token);
    if (token.text === ';') dropping = false;
  }
  return kept;
}
