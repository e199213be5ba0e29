import type { Diagnostic } from '../../verdict.ts';
import type { Token } from './tokens.ts';

/** A place in the candidate's own text. */
export type Place = Pick<Token, 'line' | 'column'>;

/** Why a design is not accepted, and where. `code` is the name of the rule. */
export function refusal(place: Place, code: string, message: string): Diagnostic {
  return { severity: 'error', message, line: place.line, column: place.column, code };
}

/** Ends preprocessing at the first fault; caught once, in `preprocess`. */
export class Refused extends Error {
  readonly diagnostic: Diagnostic;
  constructor(place: Place, code: string, message: string) {
    super(message);
    this.diagnostic = refusal(place, code, message);
  }
}
