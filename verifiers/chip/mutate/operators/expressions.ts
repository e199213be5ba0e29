import type { MutableDesign } from '../design.ts';
import type { Operator, Site } from '../operator.ts';
import { splitAt } from '../structure/state.ts';
import type { Span } from '../structure/structure.ts';
import { exchange } from './exchange.ts';
import { expressionsOf, followsOperand, groupsIn, placesIn, textAt } from './places.ts';

/** An operator that puts another symbol in the place of a binary one. */
function swap(name: string, others: Record<string, string>): Operator {
  return {
    name,
    sites: (design) =>
      placesIn(expressionsOf(design)).flatMap((at) => {
        const was = textAt(design, at);
        const other = Object.hasOwn(others, was) ? others[was] : undefined;
        if (other === undefined || !followsOperand(design, at)) return [];
        return [{ at, edits: [{ from: at, to: at + 1, text: other }], fault: `${was} became ${other}` }];
      }),
  };
}

/** One unary operator less: `!x` becomes `x`. */
const negations: Operator = {
  name: 'negation-dropped',
  sites: (design) =>
    placesIn(expressionsOf(design)).flatMap((at) => {
      const was = textAt(design, at);
      if (!/^[!~-]$/.test(was) || followsOperand(design, at)) return [];
      return [{ at, edits: [{ from: at, to: at + 1, text: ' ' }], fault: `a ${was} is left out` }];
    }),
};

/** One term of a condition less: `a && b` becomes `a`. */
const terms: Operator = {
  name: 'term-dropped',
  sites: (design) =>
    [...expressionsOf(design), ...groupsIn(design)].flatMap((span) => {
      const parts = splitAt(design, span, '&&', '||', '&', '|');
      if (parts.length < 2 || placesIn([span]).some((at) => /^[?:,]$/.test(textAt(design, at)))) return [];
      return parts.flatMap((part, index) => {
        const cut = index === 0 ? { from: part.from, to: part.to + 1 } : { from: part.from - 1, to: part.to };
        const sound = index === 0 ? part.to < span.to : followsOperand(design, part.from - 1);
        const fault = `the term ${design.textOf(part)} is left out`;
        return sound ? [{ at: part.from, edits: [{ ...cut, text: '' }], fault }] : [];
      });
    }),
};

/** Two values of `? :`, or of a chain of them, change places. */
const ternaries: Operator = {
  name: 'choice-swapped',
  sites: (design) =>
    [...expressionsOf(design), ...groupsIn(design)].flatMap((span) => {
      const parts = splitAt(design, span, '?', ':');
      // Conditions and values take turns, and a value comes last.
      const values = parts.filter((_, index) => index % 2 === 1 || index === parts.length - 1);
      const isList = splitAt(design, span, ',').length > 1;
      if (isList || parts.length < 3 || parts.length % 2 === 0) return [];
      return swapNeighbours(design, values, 'two values of ? : changed places');
    }),
};

function swapNeighbours(design: MutableDesign, parts: readonly Span[], fault: string): Site[] {
  return parts.slice(1).flatMap((right, index) => {
    const left = parts[index];
    if (!left || design.textOf(left) === design.textOf(right)) return [];
    return [{ at: left.from, edits: exchange(design, left, right), fault }];
  });
}

/** Two neighbours in a concatenation change places. */
const concatenations: Operator = {
  name: 'concatenation-swapped',
  sites: (design) =>
    placesIn(expressionsOf(design)).flatMap((at) => {
      const close = design.pairs[at] ?? -1;
      if (textAt(design, at) !== '{' || close < at) return [];
      const parts = splitAt(design, { from: at + 1, to: close }, ',');
      return swapNeighbours(design, parts, 'two parts of a concatenation changed places');
    }),
};

const otherSign: Record<string, string> = { $signed: '$unsigned', $unsigned: '$signed', '>>>': '>>' };

const signs: Operator = {
  name: 'sign',
  sites: (design) =>
    placesIn(expressionsOf(design)).flatMap((at) => {
      const was = textAt(design, at);
      const text = Object.hasOwn(otherSign, was) ? otherSign[was] : undefined;
      return text ? [{ at, edits: [{ from: at, to: at + 1, text }], fault: `${was} became ${text}` }] : [];
    }),
};

export const expressionOperators: readonly Operator[] = [
  swap('arithmetic', { '+': '-', '-': '+', '*': '+', '/': '*', '%': '/' }),
  swap('bitwise', { '&': '|', '|': '&', '^': '|', '~^': '^', '^~': '^' }),
  swap('logical', { '&&': '||', '||': '&&' }),
  swap('relational', { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }),
  swap('equality', { '==': '!=', '!=': '==', '===': '!==', '!==': '===' }),
  swap('shift', { '<<': '>>', '>>': '<<', '<<<': '>>>' }),
  negations,
  terms,
  ternaries,
  concatenations,
  signs,
];
