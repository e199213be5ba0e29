import type { Fields } from './filter.ts';

const signs = ['=', '!=', '<', '<=', '>', '>='] as const;
export type Sign = (typeof signs)[number];

/** A field held against a value. */
export type Comparison = { name: string; sign: Sign; value: string | number };

export function isSign(text: string | undefined): text is Sign {
  return signs.some((sign) => sign === text);
}

/** Whether a comparison holds. A field that is not there, or is of another type than the value, holds in none. */
export function compare(fields: Fields, { name, sign, value }: Comparison): boolean {
  const field = fields[name];
  if (field === undefined || typeof field !== typeof value) return false;
  const order = field < value ? -1 : field > value ? 1 : 0;
  switch (sign) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}
