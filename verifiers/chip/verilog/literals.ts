import type { Token } from './tokens.ts';

const most = 32;

/**
 * The numbers from 2 up that a design is written with, smallest first, each once: lengths at which it may do something
 * else, and values that it may wait for.
 */
export function literalsOf(tokens: readonly Token[]): number[] {
  const numbers = tokens.filter(({ kind }, at) => kind === 'number' && !tokens[at + 1]?.text.startsWith("'"));
  const values = numbers.map(({ text }) => readNumber(text)).filter((value) => value >= 2);
  return [...new Set(values)].sort((one, other) => one - other).slice(0, most);
}

const prefixes: Record<string, string> = { b: '0b', o: '0o', h: '0x', d: '' };

/** The value of a number without its width; NaN where it has none that is exact. */
function readNumber(text: string): number {
  const [, base = 'd', digits = ''] = /^(?:'s?([bodh])\s*)?([0-9a-f_]+)$/i.exec(text) ?? [];
  const value = digits && Number(`${prefixes[base.toLowerCase()]}${digits.replaceAll('_', '')}`);
  return Number.isSafeInteger(value) ? Number(value) : Number.NaN;
}
