import type { WireValue } from '../verifiers/code/spec.ts';
import type { FieldPath, Problem } from './problem.ts';

/** What may stand under each `$` key of a value, and how to say it. */
const shapes: Record<string, { fits: (inner: WireValue) => boolean; words: string }> = {
  $int: { fits: textThat(/^-?\d+$/), words: 'decimal digits in quotes' },
  $float: {
    fits: textThat(/^(nan|-?inf|-?\d+(\.\d+)?([eE][-+]?\d+)?)$/),
    words: 'a number, "nan", "inf" or "-inf", in quotes',
  },
  $bytes: {
    fits: textThat(/^([A-Za-z\d+/]{4})*([A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/),
    words: 'base64 text',
  },
  $tuple: { fits: Array.isArray, words: 'a list' },
  $set: { fits: Array.isArray, words: 'a list' },
  $iterator: { fits: Array.isArray, words: 'a list' },
  $dict: {
    fits: (inner) => Array.isArray(inner) && inner.every((pair) => Array.isArray(pair) && pair.length === 2),
    words: 'a list of [key, value]',
  },
  $date: {
    fits: (inner) => typeof inner === 'string' && !Number.isNaN(Date.parse(inner)),
    words: 'an ISO 8601 date',
  },
  $undefined: { fits: (inner) => inner === true, words: 'true' },
};

function textThat(pattern: RegExp): (inner: WireValue) => boolean {
  return (inner) => typeof inner === 'string' && pattern.test(inner);
}

/** What is wrong with a value of a test case: unknown or ill-shaped `$` objects, numbers that JSON cannot hold. */
export function wireProblems(value: WireValue, field: FieldPath): Problem[] {
  if (typeof value === 'number') return numberProblems(value, field);
  if (value === null || typeof value !== 'object') return [];
  const marked = Array.isArray(value) ? undefined : markedOf(value);
  if (marked) {
    const shape = shapes[marked.name];
    const known = Object.keys(shapes).join(', ');
    if (!shape)
      return [{ field: [...field, marked.name], message: `is no kind of value: write one of ${known}` }];
    if (!shape.fits(marked.inner))
      return [{ field: [...field, marked.name], message: `must be ${shape.words}` }];
  }
  const entries: [string | number, WireValue][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, inner]) => wireProblems(inner, [...field, key]));
}

function markedOf(value: { [key: string]: WireValue }): { name: string; inner: WireValue } | undefined {
  const [entry, ...others] = Object.entries(value);
  if (!entry?.[0].startsWith('$') || others.length > 0) return undefined;
  return { name: entry[0], inner: entry[1] };
}

function numberProblems(value: number, field: FieldPath): Problem[] {
  if (Object.is(value, -0)) return [{ field, message: 'is -0: write {$float: "-0.0"}, or 0' }];
  const losesDigits = Number.isInteger(value) && !Number.isSafeInteger(value);
  return losesDigits ? [{ field, message: 'loses digits: write {$int: "..."} or {$float: "..."}' }] : [];
}
