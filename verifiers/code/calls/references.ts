import type { WireValue } from '../shared-spec.ts';

/** What arguments may hold beside values: an object that a step kept, or a function that the task gives. */
export const referenceTags = ['$handle', '$helper', '$asyncHelper'] as const;
export type Reference = { tag: (typeof referenceTags)[number]; name: string };

/** The references in `wire`, and what is left of it when a null stands in their places. */
export function splitReferences(wire: WireValue): { references: Reference[]; plain: WireValue } {
  const references: Reference[] = [];
  const strip = (value: WireValue): WireValue => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null) return value;
    const reference = referenceOf(value);
    if (!reference) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, strip(item)]));
    references.push(reference);
    return null;
  };
  return { plain: strip(wire), references };
}

function referenceOf(value: { [key: string]: WireValue }): Reference | undefined {
  const [[key, name] = [], ...others] = Object.entries(value);
  const tag = referenceTags.find((one) => one === key);
  return tag && typeof name === 'string' && others.length === 0 ? { tag, name } : undefined;
}
