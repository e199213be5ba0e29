import type { Diagnostic } from '../../verdict.ts';
import { standingOf } from './codes.ts';
import type { Finding } from './findings.ts';

/** Warnings of Icarus 11 to 13 by Verilator's code for the same finding. Its own have no codes. */
const codes: readonly (readonly [RegExp, code: string])[] = [
  [/^implicit definition of wire/, 'IMPLICIT'],
  [/^Port \d+ \(.*expects \d+ bits/, 'WIDTH'],
  [/^(?:Numeric constant truncated|extra digits given)/, 'WIDTH'],
  [/with dangling input port|^input port .* is (?:unconnected|coerced)/, 'PINMISSING'],
  [
    /is (?:after|before|selecting (?:after|before))|out of (?:range|bound)|^Undefined part select/,
    'SELRANGE',
  ],
  [/is undefined for (?:vector|array)|undefined bit select/i, 'SELRANGE'],
  [/sensitivit(?:y|ies).*(?:never trigger|no sensitivities)|has no sensitivities/, 'NOSENSE'],
  [/^Synthesis requires the sensitivity list of an always_ff/, 'NOEDGE'],
  [/non-blocking assignment should not be used in an always_comb/, 'COMBDLY'],
  [/^A latch .* has been inferred/, 'LATCH'],
  [/^duplicate case/, 'CASEOVERLAP'],
  [/requires explicit lifetime/, 'IMPLICITSTATIC'],
  [/timescale/, 'TIMESCALEMOD'],
  [/^Anachronistic use|deprecated|^Use of SystemVerilog|^@\* is sensitive to all|^choosing /, 'DEPRECATED'],
  [/^A for statement|to be synthesized|cannot be synthesized|Synthesis wants/, 'LOOPFORM'],
];

/** What the compiler warned of; its errors belong to elaboration. */
export function icarusFindings(said: readonly Diagnostic[]): Finding[] {
  return said.filter(({ severity }) => severity === 'warning').map(classified);
}

function classified(diagnostic: Diagnostic): Finding {
  const code = codes.find(([words]) => words.test(diagnostic.message))?.[1];
  return { standing: standingOf(code) ?? 'slight', diagnostic: { ...diagnostic, ...(code && { code }) } };
}
