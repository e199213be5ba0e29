/** What a stretch of Verilog text is. `invalid` carries its reason in `fault`. */
type TokenKind =
  | 'word'
  | 'escaped'
  | 'system'
  | 'directive'
  | 'paste'
  | 'number'
  | 'string'
  | 'symbol'
  | 'continuation'
  | 'invalid';

/** One token with the place where it starts; `line` and `column` count from 1. */
export type Token = {
  kind: TokenKind;
  text: string;
  line: number;
  column: number;
  /** Whether white space or a comment stands between it and the token before. */
  spaced: boolean;
  fault?: string;
};

type Lexeme = { kind: TokenKind; end: number; fault?: string };
type Rule = { starts: RegExp; scan: (source: string, start: number) => Lexeme | undefined };

const blank = /[ \t\r\n\f\v\uFEFF]+/y;
const word = /[A-Za-z_][A-Za-z0-9_$]*/y;
const system = /\$[A-Za-z0-9_$]+/y;
const directive = /`[A-Za-z_][A-Za-z0-9_$]*/y;
const paste = /``|`"|`\\`"/y;
const escaped = /\\[!-~]+/y;
const continuation = /\\\r?\n/y;
const decimal = /[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9][0-9_]*)?/y;
const based = /'[sS]?[bBoOdDhH](?:[ \t\r\n]*[0-9a-fA-FxXzZ?_]+(?![A-Za-z0-9_$]))?(?![A-Za-z])/y;
const unbased = /'[01xXzZ](?![A-Za-z0-9_$])/y;
const symbol =
  /<<<=|>>>=|===|!==|==\?|!=\?|<<<|>>>|<<=|>>=|->>|<->|&&&|\+\+|--|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<=|>=|==|!=|&&|\|\||\*\*|<<|>>|->|::|\+:|-:|~&|~\||~\^|\^~|'\{|'\(|##|[-+*/%&|^~!<>=?:;,.()[\]{}@#'$]/y;

function match(pattern: RegExp, source: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(source) ? pattern.lastIndex : undefined;
}

function take(kind: TokenKind, ...patterns: RegExp[]): Rule['scan'] {
  return (source, start) => {
    for (const pattern of patterns) {
      const end = match(pattern, source, start);
      if (end !== undefined) return { kind, end };
    }
    return undefined;
  };
}

function scanString(source: string, start: number): Lexeme {
  let at = start + 1;
  while (at < source.length && source[at] !== '"' && source[at] !== '\n') {
    at += source[at] === '\\' && source[at + 1] !== '\n' ? 2 : 1;
  }
  if (source[at] === '"') return { kind: 'string', end: at + 1 };
  return { kind: 'invalid', end: Math.min(at, source.length), fault: 'this string does not end on its line' };
}

/** First character -> how to read on. The order matters only where two rules start alike. */
const rules: Rule[] = [
  { starts: /[A-Za-z_]/, scan: take('word', word) },
  { starts: /[0-9]/, scan: take('number', decimal) },
  { starts: /'/, scan: take('number', based, unbased) },
  { starts: /"/, scan: scanString },
  { starts: /\$/, scan: take('system', system) },
  { starts: /`/, scan: take('directive', directive) },
  { starts: /`/, scan: take('paste', paste) },
  { starts: /\\/, scan: take('continuation', continuation) },
  { starts: /\\/, scan: take('escaped', escaped) },
  { starts: /[^A-Za-z_0-9"`\\]/, scan: take('symbol', symbol) },
];

const rulesByCode: Rule['scan'][][] = Array.from({ length: 128 }, (_, code) =>
  rules.filter((rule) => rule.starts.test(String.fromCharCode(code))).map((rule) => rule.scan),
);

function lexeme(source: string, start: number): Lexeme {
  for (const scan of rulesByCode[source.charCodeAt(start)] ?? []) {
    const found = scan(source, start);
    if (found) return found;
  }
  const code = source.codePointAt(start) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const fault = `the character ${name} has no meaning in Verilog outside comments`;
  return { kind: 'invalid', end: start + (code > 0xffff ? 2 : 1), fault };
}

/** The end of a comment that starts at `start`; 'open' for a block comment without its end. */
function commentEnd(source: string, start: number): number | 'open' | undefined {
  if (source[start] !== '/') return undefined;
  if (source[start + 1] === '/') {
    const end = source.indexOf('\n', start);
    return end < 0 ? source.length : end;
  }
  if (source[start + 1] !== '*') return undefined;
  const end = source.indexOf('*/', start + 2);
  return end < 0 ? 'open' : end + 2;
}

/**
 * Splits Verilog or SystemVerilog text into tokens, as IEEE 1800-2017 clause 5 has it. Comments and white space are
 * dropped. Total: whatever is no token becomes an `invalid` one with its reason. Takes time linear in the text.
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let lineStart = 0;
  let nextBreak = source.indexOf('\n');
  const countLines = (until: number) => {
    while (nextBreak >= 0 && nextBreak < until) {
      line += 1;
      lineStart = nextBreak + 1;
      nextBreak = source.indexOf('\n', lineStart);
    }
  };
  let at = 0;
  let spaced = false;
  while (at < source.length) {
    const skipped = match(blank, source, at) ?? commentEnd(source, at);
    if (typeof skipped === 'number') {
      at = skipped;
      spaced = true;
      continue;
    }
    countLines(at);
    const { kind, end, fault }: Lexeme =
      skipped === 'open'
        ? { kind: 'invalid', end: source.length, fault: 'this block comment does not end' }
        : lexeme(source, at);
    const text = source.slice(at, end);
    tokens.push({ kind, text, line, column: at - lineStart + 1, spaced, ...(fault && { fault }) });
    at = end;
    spaced = false;
  }
  return tokens;
}
