import type { Module } from './modules.ts';
import type { Token } from './tokens.ts';

/** Tokens of one declarator outside brackets; bounds the work on text that only looks like declarations. */
const maxDeclarator = 256;
const afterDeclared = new Set([',', ';', '=', '[', ')', '(']);

/**
 * Tells of a dot at an index whether it stays in the design: a named port or parameter, a member of a variable, net
 * or port that its own module declares with a struct, union, enum or interface type, or a name in a named block of
 * its own module. Such names are found in the module itself; any other might be looked for further out.
 */
export function honestDots(tokens: Token[], pairs: Int32Array, modules: Module[]): (at: number) => boolean {
  const types = aggregateTypes(tokens, pairs);
  const scopes = scopeNumbers(tokens, modules);
  const declared = declaredNames(tokens, pairs, types, scopes);
  return (at) => {
    const before = tokens[at - 1];
    if (before?.text === '(' || before?.text === ',') return true;
    const base = skipSelects(tokens, pairs, at - 1);
    const name = tokens[base];
    if (tokens[at + 1]?.kind !== 'word' || name?.kind !== 'word') return false;
    if (tokens[base - 1]?.text === '.') return true;
    if (tokens[base - 1]?.text === '::') return true;
    if (types.interfaces.has(name.text) && tokens[at + 2]?.kind === 'word') return true;
    return declared.get(scopes[at] ?? -1)?.has(name.text) ?? false;
  };
}

/** The name around the dot at an index, for messages: `bank[...].valid`. */
export function dottedName(tokens: Token[], pairs: Int32Array, at: number): string {
  const base = skipSelects(tokens, pairs, at - 1);
  const selects = base < at - 1 ? '[...]' : '';
  return `${tokens[base]?.text ?? ''}${selects}.${tokens[at + 1]?.text ?? ''}`;
}

/** The index of the name that the selects ending at `at` belong to: `a[1][2]` ends at its last bracket. */
function skipSelects(tokens: Token[], pairs: Int32Array, at: number): number {
  let index = at;
  while (tokens[index]?.text === ']' && (pairs[index] ?? -1) >= 0) index = (pairs[index] ?? 0) - 1;
  return index;
}

/** For each token the number of its module; -1 outside of all. */
function scopeNumbers(tokens: Token[], modules: Module[]): Int32Array {
  const scopes = new Int32Array(tokens.length).fill(-1);
  for (const [number, { start, end }] of modules.entries()) scopes.fill(number, start, end);
  return scopes;
}

type Types = { names: Set<string>; interfaces: Set<string> };

/** The names of struct, union and enum types and of interfaces, wherever they are declared. */
function aggregateTypes(tokens: Token[], pairs: Int32Array): Types {
  const interfaces = new Set<string>();
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (token.text === 'interface' && next?.kind === 'word') interfaces.add(next.text);
  }
  const names = new Set(interfaces);
  for (const [index, token] of tokens.entries()) {
    if (token.text !== 'typedef') continue;
    const end = typeEnd(tokens, pairs, index + 1, names);
    if (end !== undefined) for (const name of declaredFrom(tokens, pairs, end)) names.add(name);
  }
  return { names, interfaces };
}

function declaredNames(tokens: Token[], pairs: Int32Array, types: Types, scopes: Int32Array) {
  const declared = new Map<number, Set<string>>();
  const declare = (at: number, name: string) => {
    const scope = scopes[at] ?? -1;
    declared.set(scope, (declared.get(scope) ?? new Set()).add(name));
  };
  for (const [index, token] of tokens.entries()) {
    const label = tokens[index + 2];
    if (token.text === 'begin' && tokens[index + 1]?.text === ':' && label) declare(index, label.text);
    if (tokens[index - 1]?.text === '.') continue;
    const end = typeEnd(tokens, pairs, index, types.names);
    if (end !== undefined) for (const name of declaredFrom(tokens, pairs, end)) declare(index, name);
  }
  return declared;
}

/** The index after a struct, union, enum or named type that starts at `at`. */
function typeEnd(tokens: Token[], pairs: Int32Array, at: number, names: Set<string>): number | undefined {
  const text = tokens[at]?.text ?? '';
  if (names.has(text)) return tokens[at + 1]?.text === '.' ? at + 3 : at + 1;
  if (text !== 'struct' && text !== 'union' && text !== 'enum') return undefined;
  for (let index = at + 1; index < Math.min(tokens.length, at + 64); index += 1) {
    const pair = pairs[index] ?? -1;
    if (tokens[index]?.text === '{') return pair > index ? pair + 1 : undefined;
  }
  return undefined;
}

/** The names of a declaration whose type ends before `at`: `[3:0] a, b = 1, c [0:3];` */
function declaredFrom(tokens: Token[], pairs: Int32Array, at: number): string[] {
  const names: string[] = [];
  let index = skipDimensions(tokens, pairs, at);
  for (;;) {
    const name = tokens[index];
    if (name?.kind !== 'word' || !afterDeclared.has(tokens[index + 1]?.text ?? '')) return names;
    names.push(name.text);
    index = nextDeclarator(tokens, pairs, index + 1);
    if (index < 0) return names;
  }
}

function skipDimensions(tokens: Token[], pairs: Int32Array, at: number): number {
  let index = at;
  while (tokens[index]?.text === '[' && (pairs[index] ?? -1) > index) index = (pairs[index] ?? 0) + 1;
  return index;
}

/** The index after the comma that ends the declarator, -1 where the list ends. */
function nextDeclarator(tokens: Token[], pairs: Int32Array, at: number): number {
  const limit = Math.min(tokens.length, at + maxDeclarator);
  for (let index = at; index < limit; index += 1) {
    const { text } = tokens[index] as Token;
    if (text === ',') return index + 1;
    if (text === ';' || text === ')') return -1;
    if ((pairs[index] ?? -1) > index) index = pairs[index] ?? index;
  }
  return -1;
}
