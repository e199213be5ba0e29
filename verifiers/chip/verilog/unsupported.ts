import type { Diagnostic } from '../../verdict.ts';
import type { Token } from './tokens.ts';

/** SystemVerilog that some supported version of Icarus takes for a syntax error; a word, or two in a row. */
const rarelySupported = new Set(
  [
    'break continue const let type inside iff foreach modport interface assert unique0 ref tagged matches',
    'return void string class union this super timeunit',
  ].flatMap((line) => line.split(' ')),
);
const rarePairs = new Set([
  'unique if',
  'priority if',
  "unsigned '(",
  "signed '(",
  "= '{",
  ": '{",
  ", '{",
  "( '{",
]);

/**
 * Where the compiler only says "syntax error", tells which construct of that line its version may lack, so that a
 * correct design is not called wrong.
 */
export function explainSyntaxErrors(found: Diagnostic[], tokens: Token[], version: string): Diagnostic[] {
  const lines = new Set(
    found.filter(isSyntaxError).flatMap(({ line }) => (line === undefined ? [] : [line])),
  );
  const constructs = new Map<number, string>();
  for (const [index, { text, line }] of tokens.entries()) {
    if (!lines.has(line) || constructs.has(line)) continue;
    const pair = `${text} ${tokens[index + 1]?.text}`;
    if (rarelySupported.has(text)) constructs.set(line, text);
    else if (rarePairs.has(pair)) constructs.set(line, pair);
  }
  return [...constructs].map(([line, construct]) => ({
    severity: 'error',
    message: `this line uses "${construct}", which Icarus Verilog ${version} may not support`,
    line,
    code: 'unsupported',
  }));
}

const isSyntaxError = ({ message, severity }: Diagnostic) => severity === 'error' && /syntax/i.test(message);
