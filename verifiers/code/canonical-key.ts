import { countedEntries, type Value } from './values.ts';

/**
 * A text that two values share exactly if they are equal without any tolerance: numbers by numeric value, sets and
 * dictionaries without order. `anySequence`: lists, tuples and iterators of equal items are equal.
 */
export function canonicalKey(value: Value, anySequence: boolean): string {
  switch (value.type) {
    case 'null':
    case 'undefined':
      return value.type;
    case 'boolean':
      return String(value.value);
    case 'integer':
      return `#${value.value.toString(16)}`;
    case 'float':
      return numberKey(value.value);
    case 'string':
      return JSON.stringify(value.value);
    case 'date':
      return `date ${value.value}`;
    case 'bytes':
      return `bytes ${Buffer.from(value.value).toString('base64')}`;
    case 'list':
    case 'tuple':
    case 'iterator':
      return `${anySequence ? '' : value.type}[${keys(value.items, anySequence).join()}]`;
    case 'set':
      return `set{${keys(value.items, anySequence).sort().join()}}`;
    case 'object':
    case 'dict':
      return `${value.type}{${countedEntries(value)
        .map((pair) => keys(pair, anySequence).join(':'))
        .sort()}}`;
  }
}

function keys(items: readonly Value[], anySequence: boolean): string[] {
  return items.map((item) => canonicalKey(item, anySequence));
}

/** Whole floats share the key of the integer; `-0.0` that of 0. */
function numberKey(value: number): string {
  return Number.isInteger(value) ? `#${BigInt(value).toString(16)}` : `~${value}`;
}
