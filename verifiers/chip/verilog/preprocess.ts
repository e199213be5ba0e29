import type { Diagnostic } from '../../verdict.ts';
import { withoutAttributes } from './attributes.ts';
import { type Branches, decide, isActive } from './branches.ts';
import { canonicalText } from './canonical.ts';
import { directiveOf } from './directives.ts';
import { type Budget, expandUse, fullBudget, type Macros, readMacro } from './macros.ts';
import { Refused } from './refusal.ts';
import { withoutTimeUnits } from './time-units.ts';
import { type Token, tokenize } from './tokens.ts';

/** A design as every later tool reads it: without comments, attributes and directives, its line numbers kept. */
export type Design = { text: string; tokens: Token[] };

/** A design, or why its text cannot be made into one. */
export type Preprocessed =
  | { design: Design; refused?: undefined }
  | { design?: undefined; refused: Diagnostic };

/**
 * Makes the one canonical text that every tool reads, so that no tool can be shown another design than the rest.
 *
 * Comments and attributes are dropped; macros are expanded within bounds; `` `ifdef`` is evaluated against the
 * candidate's own macros alone; `` `timescale``, `` `celldefine`` and their like have no effect; `` `default_nettype``
 * stays in place, since it says what an undeclared name means. Linear in the text and its expansions.
 */
export function preprocess(source: string): Preprocessed {
  const state: State = {
    tokens: tokenize(source),
    at: 0,
    macros: new Map(),
    budget: fullBudget(),
    branches: [],
    out: [],
  };
  try {
    while (state.at < state.tokens.length) step(state, state.tokens[state.at] as Token);
    const open = state.branches.at(-1);
    if (open) throw new Refused(open, 'directive', `${open.text} has no \`endif`);
    const kept = withoutTimeUnits(withoutAttributes(state.out));
    const tokens = kept.filter((token) => token.kind !== 'directive');
    return { design: { text: canonicalText(kept), tokens } };
  } catch (thrown) {
    if (thrown instanceof Refused) return { refused: thrown.diagnostic };
    throw thrown;
  }
}

type State = {
  tokens: Token[];
  at: number;
  macros: Macros;
  budget: Budget;
  branches: Branches;
  out: Token[];
};

function step(state: State, token: Token): void {
  if (token.kind === 'directive') directive(state, token);
  else if (!isActive(state.branches)) skip(state, token);
  else {
    checkToken(token);
    state.out.push(token);
    state.at += 1;
  }
}

/** Text that an `` `ifdef`` leaves out may be anything, but a comment without end would hide the `` `endif``. */
function skip(state: State, token: Token): void {
  if (token.text.startsWith('/*')) checkToken(token);
  state.at += 1;
}

function checkToken(token: Token): void {
  if (token.kind === 'invalid') throw new Refused(token, 'text', token.fault ?? 'this is not Verilog');
  if (token.kind === 'paste')
    throw new Refused(token, 'macro', `${token.text} is only for macros that build names`);
  if (token.kind === 'continuation')
    throw new Refused(token, 'text', 'a backslash ends this line outside a macro');
}

function directive(state: State, token: Token): void {
  const known = directiveOf(token.text);
  if (known?.action === 'branch') {
    state.at += decide(state.branches, token, state.tokens[state.at + 1], state.macros);
    return;
  }
  if (!isActive(state.branches)) {
    state.at += 1;
    return;
  }
  if (!known) {
    const { expansion, end } = expandUse(state.tokens, state.at, state.macros, state.budget);
    for (const part of expansion) {
      checkToken(part);
      state.out.push(part);
    }
    state.at = end;
    return;
  }
  if (known.action === 'refuse')
    throw new Refused(token, 'directive', `${token.text} is not accepted: ${known.because}`);
  state.at += 1 + handlers[known.action](state, token);
}

const netTypes = new Set('wire tri tri0 tri1 wand triand wor trior trireg uwire none'.split(' '));

type Handler = (state: State, token: Token) => number;

/** What a directive does; each tells how many tokens after the directive belong to it. */
const handlers = {
  define: (state, token) => {
    const line = logicalLine(state.tokens, state.at);
    const { name, macro } = readMacro(token, line.tokens);
    state.macros.set(name, macro);
    return line.length;
  },
  undefine: (state, token) => {
    const name = state.tokens[state.at + 1];
    if (name?.kind !== 'word') throw new Refused(token, 'directive', '`undef needs the name of a macro');
    state.macros.delete(name.text);
    return 1;
  },
  'undefine-all': (state) => {
    state.macros.clear();
    return 0;
  },
  'net-type': (state, token) => {
    const type = state.tokens[state.at + 1];
    if (!type || !netTypes.has(type.text))
      throw new Refused(token, 'directive', '`default_nettype needs a type of net, or none');
    state.out.push({ ...token, text: `\`default_nettype ${type.text}` });
    return 1;
  },
  reset: (state, token) => {
    state.out.push({ ...token, text: '`default_nettype wire' });
    return 0;
  },
  timescale: (state, token) => {
    const line = logicalLine(state.tokens, state.at).tokens;
    const text = line.map((part) => part.text).join('');
    const scale = /^(1|10|100)(s|ms|us|ns|ps|fs)\/(1|10|100)(s|ms|us|ns|ps|fs)/;
    if (!scale.test(text))
      throw new Refused(token, 'directive', '`timescale needs a unit and a precision, as in 1ns/1ps');
    return 5;
  },
  drop: () => 0,
} satisfies Record<string, Handler>;

/** The tokens after `at` up to the end of its line, continued lines included; `length` counts the backslashes too. */
function logicalLine(tokens: Token[], at: number): { tokens: Token[]; length: number } {
  let line = (tokens[at] as Token).line;
  const found: Token[] = [];
  let next = at + 1;
  for (; next < tokens.length; next += 1) {
    const token = tokens[next] as Token;
    if (token.line !== line) break;
    if (token.kind === 'continuation') line += 1;
    else found.push(token);
  }
  return { tokens: found, length: next - at - 1 };
}
