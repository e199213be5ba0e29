import type { MutableDesign } from '../design.ts';
import type { Span } from '../structure/structure.ts';

/** Every expression of a design that is evaluated while it runs. */
export function expressionsOf({ structure }: MutableDesign): Span[] {
  const values = structure.assignments.map(({ value }) => value);
  const labels = structure.arms.flatMap((arm) => arm.labels ?? []);
  return [...values, ...structure.expressions, ...labels];
}

/** The same, and the indices in what is assigned. */
export function expressionsAndTargets(design: MutableDesign): Span[] {
  const targets = design.structure.assignments.filter(({ isDeclaration }) => !isDeclaration);
  return [...expressionsOf(design), ...targets.map(({ target }) => target)];
}

export function placesIn(spans: readonly Span[]): number[] {
  return spans.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, step) => from + step));
}

export const textAt = ({ tokens }: MutableDesign, at: number) => tokens[at]?.text ?? '';

/** Whether what stands before a token is the end of an operand, so that the token is a binary operator. */
export function followsOperand(design: MutableDesign, at: number): boolean {
  const before = design.tokens[at - 1];
  return before !== undefined && (/^(word|number|system)$/.test(before.kind) || /^[)\]}]$/.test(before.text));
}

/** What stands in parentheses within expressions. */
export function groupsIn(design: MutableDesign): Span[] {
  return placesIn(expressionsOf(design)).flatMap((at) => {
    const close = design.pairs[at] ?? -1;
    return textAt(design, at) === '(' && close > at ? [{ from: at + 1, to: close }] : [];
  });
}
