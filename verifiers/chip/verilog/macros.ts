import { directiveOf } from './directives.ts';
import { Refused } from './refusal.ts';
import type { Token } from './tokens.ts';

/** A macro of `` `define``; `parameters` is absent for one that is used without parentheses. */
export type Macro = { parameters?: string[]; body: Token[] };
export type Macros = Map<string, Macro>;

const maxDepth = 64;
const maxTokens = 400_000;

/** What one design's expansions have left to spend, so that nested macros end. */
export type Budget = { tokens: number };
export const fullBudget = (): Budget => ({ tokens: maxTokens });

const openers = new Set(['(', '[', '{', "'{", "'("]);
const closers = new Set([')', ']', '}']);

/** Reads the parts of a `` `define`` from the tokens of its logical line, the directive itself left out. */
export function readMacro(directive: Token, line: Token[]): { name: string; macro: Macro } {
  const [name, open] = line;
  if (name?.kind !== 'word') throw new Refused(directive, 'macro', '`define needs the name of a macro');
  if (directiveOf(`\`${name.text}`))
    throw new Refused(name, 'macro', `a compiler directive cannot be redefined: ${name.text}`);
  const pasted = line.find((token) => token.kind === 'paste');
  if (pasted)
    throw new Refused(
      pasted,
      'macro',
      `macros that build names or strings (${pasted.text}) are not supported`,
    );
  if (open?.text !== '(' || open.spaced) return { name: name.text, macro: { body: line.slice(1) } };
  const close = line.findIndex((token) => token.text === ')');
  if (close < 0)
    throw new Refused(open, 'macro', `the parameters of macro ${name.text} do not end on its line`);
  const parameters = readParameters(line.slice(2, close), open);
  return { name: name.text, macro: { parameters, body: line.slice(close + 1) } };
}

function readParameters(tokens: Token[], place: Token): string[] {
  const parameters = tokens.filter((_, index) => index % 2 === 0).map((token) => token.text);
  const wellFormed = tokens.every((token, index) =>
    index % 2 === 0 ? token.kind === 'word' : token.text === ',',
  );
  if (!wellFormed || tokens.length === 0 || tokens.length % 2 === 0)
    throw new Refused(
      place,
      'macro',
      'macro parameters must be plain names separated by commas, without defaults',
    );
  return parameters;
}

/** The arguments of a macro's use whose "(" is expected at `at`, and the index after its ")". */
function readArguments(tokens: Token[], at: number, use: Token): { actual: Token[][]; end: number } {
  const actual: Token[][] = [[]];
  if (tokens[at]?.text !== '(')
    throw new Refused(use, 'macro', `macro ${use.text} needs its arguments in parentheses`);
  let depth = 1;
  for (let index = at + 1; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    if (openers.has(token.text)) depth += 1;
    if (closers.has(token.text)) depth -= 1;
    if (depth === 0) return { actual, end: index + 1 };
    if (token.text === ',' && depth === 1) actual.push([]);
    else actual.at(-1)?.push(token);
  }
  throw new Refused(use, 'macro', `the arguments of macro ${use.text} do not end`);
}

type Context = { macros: Macros; budget: Budget; within: readonly string[]; place: Token };

/**
 * Expands the macro used at `tokens[at]`. All tokens of the expansion stand where the macro is used, so that later
 * messages point into the candidate's own text. Returns them with the index after the use.
 */
export function expandUse(
  tokens: Token[],
  at: number,
  macros: Macros,
  budget: Budget,
): { expansion: Token[]; end: number } {
  const place = tokens[at] as Token;
  const expansion: Token[] = [];
  const end = expandOne(tokens, at, { macros, budget, within: [], place }, expansion);
  const first = expansion[0];
  if (first) expansion[0] = { ...first, spaced: true };
  return { expansion, end };
}

function expandOne(tokens: Token[], at: number, context: Context, out: Token[]): number {
  const use = tokens[at] as Token;
  const name = use.text.slice(1);
  const macro = context.macros.get(name);
  const { place, within } = context;
  if (directiveOf(use.text)) throw new Refused(place, 'macro', `${use.text} cannot stand inside a macro`);
  if (!macro) throw new Refused(place, 'macro', `macro ${use.text} is not defined`);
  if (within.includes(name)) throw new Refused(place, 'macro', `macro ${use.text} uses itself`);
  if (within.length >= maxDepth)
    throw new Refused(place, 'macro', `macros are nested more than ${maxDepth} deep`);
  const inner = { ...context, within: [...within, name] };
  if (!macro.parameters) {
    expandAll(macro.body, inner, out);
    return at + 1;
  }
  const { actual, end } = readArguments(tokens, at + 1, use);
  expandAll(substitute(macro.parameters, macro.body, actual, use, context), inner, out);
  return end;
}

function expandAll(tokens: Token[], context: Context, out: Token[]): void {
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at] as Token;
    spend(context, 1);
    if (token.kind === 'directive') {
      at = expandOne(tokens, at, context, out);
      continue;
    }
    const { line, column } = context.place;
    out.push({ ...token, line, column });
    at += 1;
  }
}

/** The body with each parameter replaced by its argument, which is expanded first, where it was written. */
function substitute(
  parameters: string[],
  body: Token[],
  actual: Token[][],
  use: Token,
  context: Context,
): Token[] {
  if (actual.length !== parameters.length) {
    const message = `macro ${use.text} takes ${parameters.length} arguments, not ${actual.length}`;
    throw new Refused(context.place, 'macro', message);
  }
  const bound = new Map<string, Token[]>();
  for (const [index, parameter] of parameters.entries()) {
    const argument: Token[] = [];
    expandAll(actual[index] ?? [], context, argument);
    bound.set(parameter, argument);
  }
  return body.flatMap((token) => {
    const argument = token.kind === 'word' ? bound.get(token.text) : undefined;
    if (argument) spend(context, argument.length);
    return argument?.map((part) => ({ ...part, spaced: true })) ?? [token];
  });
}

function spend(context: Context, tokens: number): void {
  context.budget.tokens -= tokens;
  if (context.budget.tokens < 0)
    throw new Refused(context.place, 'macro', `macros expand to more than ${maxTokens} tokens`);
}
