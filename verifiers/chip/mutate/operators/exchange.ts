import type { Edit, MutableDesign } from '../design.ts';
import type { Span } from '../structure/structure.ts';

/** The edits by which the texts of two spans change places. */
export function exchange(design: MutableDesign, left: Span, right: Span): Edit[] {
  return [
    { ...left, text: design.textOf(right) },
    { ...right, text: design.textOf(left) },
  ];
}
