import type { MutableDesign } from '../design.ts';
import type { Operator, Site } from '../operator.ts';
import type { Span } from '../structure/structure.ts';
import { expressionsAndTargets, expressionsOf, followsOperand, placesIn, textAt } from './places.ts';

/** The next number of the same width, in the same base; undefined for digits that are unknown. */
function nextNumber(text: string, width: number | undefined): string | undefined {
  const [, mark = '', digits = ''] = /^('[sS]?[bBoOdDhH])?\s*([0-9a-fA-F_]+)$/.exec(text) ?? [];
  if (digits === '') return undefined;
  const base = bases[mark.slice(-1).toLowerCase()] ?? 10;
  const value = parse(digits.replaceAll('_', ''), base);
  if (value === undefined) return undefined;
  const limit = width === undefined ? undefined : 2n ** BigInt(width);
  const other = limit === undefined || value + 1n < limit ? value + 1n : value - 1n;
  return other < 0n ? undefined : mark + other.toString(base).padStart(base === 10 ? 1 : digits.length, '0');
}

const bases: Record<string, number> = { b: 2, o: 8, d: 10, h: 16 };
const prefixes: Record<number, string> = { 2: '0b', 8: '0o', 10: '', 16: '0x' };

function parse(digits: string, base: number): bigint | undefined {
  try {
    return BigInt(`${prefixes[base]}${digits}`);
  } catch {
    return undefined;
  }
}

/** Numbers that stand for themselves, as against the size in front of a number with a base. */
function numbersIn(design: MutableDesign, spans: readonly Span[]): number[] {
  return placesIn(spans).filter((at) => {
    const [token, after] = [design.tokens[at], design.tokens[at + 1]];
    return token?.kind === 'number' && !(after?.kind === 'number' || after?.text === "'(");
  });
}

function widthBefore({ tokens }: MutableDesign, at: number): number | undefined {
  const [token, before] = [tokens[at], tokens[at - 1]];
  if (!token?.text.startsWith("'") || before?.kind !== 'number') return undefined;
  return /^\d{1,4}$/.test(before.text) ? Number(before.text) : undefined;
}

function numberSites(design: MutableDesign, spans: readonly Span[]): Site[] {
  return numbersIn(design, spans).flatMap((at) => {
    const was = textAt(design, at);
    const text = was === "'0" ? "'1" : was === "'1" ? "'0" : nextNumber(was, widthBefore(design, at));
    if (text === undefined) return [];
    return [{ at, edits: [{ from: at, to: at + 1, text }], fault: `the constant ${was} became ${text}` }];
  });
}

/** The insides of brackets that select bits or elements. */
function selectsIn(design: MutableDesign): Span[] {
  return placesIn(expressionsAndTargets(design)).flatMap((at) => {
    const isSelect = textAt(design, at) === '[' && followsOperand(design, at);
    const close = design.pairs[at] ?? -1;
    return isSelect && close > at ? [{ from: at + 1, to: close }] : [];
  });
}

const inside = (spans: readonly Span[], at: number) => spans.some(({ from, to }) => at >= from && at < to);

const constants: Operator = {
  name: 'constant',
  sites: (design) => {
    const selects = selectsIn(design);
    const resets = design.structure.assignments.filter(({ isReset }) => isReset).map(({ value }) => value);
    const spans = expressionsOf(design);
    return numberSites(design, spans).filter(({ at }) => !inside(selects, at) && !inside(resets, at));
  },
};

const slices: Operator = {
  name: 'slice',
  sites: (design) =>
    numberSites(design, selectsIn(design)).map((site) => ({ ...site, fault: `in a select ${site.fault}` })),
};

export const numberOperators: readonly Operator[] = [constants, slices];
