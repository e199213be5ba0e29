import type { DirectedStep } from '../spec.ts';

type Level = DirectedStep['set'][string];

const bitsOfHexDigit = (digit: string) =>
  /[xz]/.test(digit) ? digit.repeat(4) : Number.parseInt(digit, 16).toString(2).padStart(4, '0');

/** The binary digits of a level, exactly `width` of them; undefined where it does not fit. */
export function levelBits(level: Level, width: number): string | undefined {
  const bits = typeof level === 'number' ? level.toString(2) : digitsOf(level);
  const [extra, kept] = [bits.slice(0, -width), bits.slice(-width)];
  if (/[^0]/.test(bits.length > width ? extra : '')) return undefined;
  return kept.padStart(width, '0');
}

function digitsOf(text: string): string {
  const digits = text.slice(2).replaceAll('_', '').toLowerCase();
  return text[1] === 'b' ? digits : [...digits].map(bitsOfHexDigit).join('');
}
