import type { Token } from '../../verilog/tokens.ts';
import { type Context, next, range, type State, semicolon, splitAt, text } from './state.ts';
import type { Declaration, Span, Timing } from './structure.ts';

export const declares = new Set(
  [
    'input output inout wire tri logic reg bit byte int integer shortint longint signed unsigned var genvar',
    'localparam parameter typedef enum struct const automatic static time supply0 supply1',
  ].flatMap((line) => line.split(' ')),
);

export function header(state: State): void {
  const end = semicolon(state, state.at);
  const module = state.found.modules.push(state.at) - 1;
  const close = end - 1;
  const open = text(state, close) === ')' ? (state.pairs[close] ?? -1) : -1;
  if (open > state.at) portNames(state, { from: open + 1, to: close }, module);
  state.at = end + 1;
}

/** The names in the list of a module's ports; a name without type of its own is as the one before it. */
function portNames(state: State, list: Span, module: number): void {
  let port: Declaration | undefined;
  for (const part of splitAt(state, list, ',')) {
    const first = state.tokens[part.from];
    const isTyped = part.to - part.from > 1 && text(state, part.from + 1) !== '=';
    if (isTyped || !port) {
      port = { ...typeOf(state, part), module, names: [], isPort: true };
      state.found.declarations.push(port);
    }
    const name = isTyped ? lastName(state, part) : first;
    if (name) port.names.push(name);
  }
}

type Typed = Pick<Declaration, 'range' | 'rangeSpan' | 'signed'>;

/** The packed range and the sign in front of a name. */
function typeOf(state: State, span: Span): Typed {
  const end = Math.min(
    next(state, span.from, (word) => word === '=' || word === ','),
    span.to,
  );
  const open = range(span.from, end).find((at) => text(state, at) === '[');
  const close = open === undefined ? -1 : (state.pairs[open] ?? -1);
  const signed = range(span.from, end).find((at) => text(state, at) === 'signed');
  // Brackets behind the name are those of an array.
  const isPacked = open !== undefined && close > open && !isName(state, open - 1);
  const inside = isPacked ? state.tokens.slice(open + 1, close).map((token) => token.text) : [];
  const isArray = isPacked && text(state, close + 1) === '[';
  return {
    range: isArray ? `array at ${open}` : inside.join(''),
    ...(isPacked && !isArray && { rangeSpan: { from: open, to: close + 1 } }),
    ...(signed !== undefined && { signed }),
  };
}

function isName(state: State, at: number): boolean {
  return state.tokens[at]?.kind === 'word' && !declares.has(text(state, at));
}

/** The name that a part of a list declares; none where it declares an array. */
function lastName(state: State, part: Span): Token | undefined {
  const end = Math.min(
    next(state, part.from, (word) => word === '='),
    part.to,
  );
  const name = state.tokens[end - 1];
  return name?.kind === 'word' && !declares.has(name.text) ? name : undefined;
}

export function declaration(state: State, context: Context): void {
  const from = state.at;
  const end = semicolon(state, from);
  const module = state.found.modules.length - 1;
  const words = range(from, end).map((at) => text(state, at));
  const isConstant = ['localparam', 'parameter', 'typedef', 'genvar'].includes(words[0] ?? '');
  const parts = splitAt(state, { from, to: end }, ',');
  const names = parts.flatMap((part) => lastName(state, part) ?? []);
  const isPort = ['input', 'output', 'inout'].includes(words[0] ?? '');
  if (!isConstant && module >= 0 && names.length > 0)
    state.found.declarations.push({ ...typeOf(state, { from, to: end }), module, names, isPort });
  const timing = isConstant ? 'constant' : context.timing;
  for (const part of parts) initialiser(state, part, { whole: { from, to: end + 1 }, timing });
  state.at = end + 1;
}

function initialiser(state: State, part: Span, { whole, timing }: { whole: Span; timing: Timing }): void {
  const operator = next(state, part.from, (word) => word === '=');
  if (operator >= part.to) return;
  const target = { from: operator - 1, to: operator };
  const value = { from: operator + 1, to: part.to };
  state.found.assignments.push({
    target,
    operator,
    value,
    whole,
    timing,
    isDeclaration: true,
    isReset: false,
  });
}
