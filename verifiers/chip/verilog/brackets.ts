import type { Token } from './tokens.ts';

const closerOf: Record<string, string> = { '(': ')', "'(": ')', '[': ']', '{': '}', "'{": '}' };
const closers = new Set(Object.values(closerOf));

/** For each bracket the index of the one it pairs with; -1 for any other token and for one without a partner. */
export function pairBrackets(tokens: Token[]): Int32Array {
  const pairs = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  for (const [index, { text }] of tokens.entries()) {
    if (Object.hasOwn(closerOf, text)) open.push(index);
    if (!closers.has(text)) continue;
    const opener = open.pop();
    if (opener === undefined) continue;
    if (closerOf[tokens[opener]?.text ?? ''] !== text) continue;
    pairs[index] = opener;
    pairs[opener] = index;
  }
  return pairs;
}
