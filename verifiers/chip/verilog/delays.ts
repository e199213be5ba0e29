import type { Token } from './tokens.ts';

const labelled = new Set(['begin', 'fork', 'end', 'join', 'join_any', 'join_none']);
const primitives = new Set(
  [
    'and nand or nor xor xnor buf not bufif0 bufif1 notif0 notif1 pullup pulldown',
    'nmos pmos rnmos rpmos cmos rcmos tran rtran tranif0 tranif1 rtranif0 rtranif1',
  ].flatMap((line) => line.split(' ')),
);
const isName = (token: Token | undefined) => token?.kind === 'word' && !primitives.has(token.text);

/**
 * Whether the "#" at `at` begins a delay. It is none before the parameters of a module or class, nor before the
 * parameter values of an instance: `module m #(`, `m #(.W(8)) u (`, `m #8 u (`, `c #(8)::f`.
 */
export function isDelay(tokens: Token[], pairs: Int32Array, at: number): boolean {
  const [third, second, name] = [tokens[at - 3], tokens[at - 2], tokens[at - 1]];
  if (!isName(name)) return !(name?.text === ';' && importsBefore(tokens, at));
  if (second && ['module', 'macromodule', 'interface', 'automatic', 'static'].includes(second.text))
    return false;
  if (second && ['@', '.', '->', '->>'].includes(second.text)) return true;
  if (second?.text === ':' && third && labelled.has(third.text)) return true;
  const afterValues = tokens[at + 1]?.text === '(' ? (pairs[at + 1] ?? -1) + 1 : at + 2;
  if (afterValues <= 0) return true;
  if (tokens[afterValues]?.text === '::') return false;
  return !(isName(tokens[afterValues]) && ['(', '['].includes(tokens[afterValues + 1]?.text ?? ''));
}

/** `module m import p::*; #(` has its parameters after a semicolon. */
function importsBefore(tokens: Token[], at: number): boolean {
  return (
    tokens[at - 3]?.text === '::' && tokens.slice(Math.max(0, at - 12), at).some((t) => t.text === 'import')
  );
}
