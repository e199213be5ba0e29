import { canonicalDate } from './dates.ts';
import type { Dialect, Value } from './values.ts';

/** Deeper values are refused on both sides, so that nothing that reads them can overflow its stack. */
const maxDepth = 200;

/** A value that is not in the wire notation; `path` holds the keys and indexes that lead to it. */
export class WireError extends Error {
  readonly path: (string | number)[];
  constructor(place: Place, message: string) {
    super(message);
    this.path = pathOf(place);
  }
}

/** Reads a value from the wire notation. Throws a `WireError` for what is not in it. */
export function parseWire(wire: unknown, dialect: Dialect): Value {
  return read(wire, { dialect, depth: 0 });
}

/** Where the reader is. The path is only put together when something is wrong there. */
type Place = { dialect: Dialect; depth: number; step?: string | number; parent?: Place };

function inside(parent: Place, step: string | number): Place {
  return { dialect: parent.dialect, depth: parent.depth + 1, step, parent };
}

function pathOf(place: Place): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Place | undefined = place; at?.step !== undefined; at = at.parent) path.unshift(at.step);
  return path;
}

function read(wire: unknown, place: Place): Value {
  if (place.depth > maxDepth) throw new WireError(place, `nested deeper than ${maxDepth}`);
  if (wire === null) return { type: 'null' };
  if (typeof wire === 'boolean') return { type: 'boolean', value: wire };
  if (typeof wire === 'string') return { type: 'string', value: wire };
  if (typeof wire === 'number') return readNumber(wire, place);
  if (Array.isArray(wire)) return { type: 'list', items: readItems(wire, place) };
  if (typeof wire === 'object') return readObject(wire, place);
  throw new WireError(place, `${typeof wire} is not a JSON value`);
}

function readNumber(wire: number, place: Place): Value {
  const { dialect } = place;
  if (!Number.isInteger(wire) || dialect.wholeNumbers === 'float') return { type: 'float', value: wire };
  if (Number.isSafeInteger(wire)) return { type: 'integer', value: BigInt(wire) };
  throw new WireError(
    place,
    `${wire} is too large for a plain number: write {$int: "..."} or {$float: "..."}`,
  );
}

function readItems(items: readonly unknown[], place: Place): Value[] {
  return items.map((item, index) => read(item, inside(place, index)));
}

function readObject(wire: object, place: Place): Value {
  const entries: [string, unknown][] = Object.entries(wire);
  const [only] = entries;
  if (entries.length === 1 && only?.[0].startsWith('$')) return readTagged(only[0], only[1], place);
  return {
    type: place.dialect.objects,
    entries: entries.map(([key, value]) => [{ type: 'string', value: key }, read(value, inside(place, key))]),
  };
}

/** The values that JSON has no notation for, by their tag. */
const tags: Readonly<Record<string, (content: unknown, place: Place) => Value>> = {
  $int: (content, place) => ({ type: 'integer', value: readInteger(text(content, place), place) }),
  $float: (content, place) => ({ type: 'float', value: readFloat(text(content, place), place) }),
  $bytes: (content, place) => ({ type: 'bytes', value: readBytes(text(content, place), place) }),
  $date: (content, place) => ({ type: 'date', value: readDate(text(content, place), place) }),
  $undefined: () => ({ type: 'undefined' }),
  $tuple: (content, place) => ({ type: place.dialect.tuples, items: readItems(list(content, place), place) }),
  $iterator: (content, place) => ({ type: 'iterator', items: readItems(list(content, place), place) }),
  $set: (content, place) => ({ type: 'set', items: readMembers(list(content, place), place) }),
  $dict: (content, place) => ({ type: 'dict', entries: readPairs(content, place) }),
  $object: (content, place) => ({ type: place.dialect.objects, entries: readPairs(content, place) }),
};

function readTagged(tag: string, content: unknown, place: Place): Value {
  const reader = Object.hasOwn(tags, tag) ? tags[tag] : undefined;
  const value = reader?.(content, place);
  if (value && place.dialect.lacks.includes(value.type)) {
    throw new WireError(place, `"${tag}" is nothing that this language has`);
  }
  if (value) return value;
  throw new WireError(place, `"${tag}" is not one of ${Object.keys(tags).join(', ')}`);
}

function readPairs(content: unknown, place: Place): [Value, Value][] {
  return list(content, place).map((item, index) => {
    const at = inside(place, index);
    const pair = list(item, at);
    if (pair.length !== 2) throw new WireError(at, 'a pair of key and value was expected');
    return [readHashed(pair[0], inside(at, 0)), read(pair[1], inside(at, 1))];
  });
}

function readMembers(items: readonly unknown[], place: Place): Value[] {
  return items.map((item, index) => readHashed(item, inside(place, index)));
}

/** A value that stands in a set or is a key. */
function readHashed(wire: unknown, place: Place): Value {
  const value = read(wire, place);
  if (!place.dialect.unhashable.includes(value.type)) return value;
  throw new WireError(place, `a ${value.type} cannot stand in a set or be a key`);
}

function text(content: unknown, place: Place): string {
  if (typeof content === 'string') return content;
  throw new WireError(place, 'a text was expected behind the "$" tag');
}

function list(content: unknown, place: Place): unknown[] {
  if (Array.isArray(content)) return content;
  throw new WireError(place, 'a list was expected');
}

/** More digits would take the judge seconds to convert. */
const maxDigits = 20_000;

function readInteger(digits: string, place: Place): bigint {
  if (/^-?\d+$/.test(digits) && digits.length <= maxDigits) return BigInt(digits);
  if (/^-?0x[\da-f]+$/i.test(digits))
    return digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits);
  throw new WireError(
    place,
    `"${digits.slice(0, 40)}" is not a decimal integer of at most ${maxDigits} digits`,
  );
}

const namedFloats: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
};

function readFloat(digits: string, place: Place): number {
  const named = namedFloats[digits];
  if (named !== undefined) return named;
  const value = Number(digits);
  if (digits.trim() !== '' && Number.isFinite(value)) return value;
  throw new WireError(
    place,
    `"${digits.slice(0, 40)}" is not a float: digits, nan, inf or -inf were expected`,
  );
}

function readBytes(base64: string, place: Place): Uint8Array {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') === base64) return bytes;
  throw new WireError(place, 'bytes are written in base64');
}

function readDate(iso: string, place: Place): string {
  const date = canonicalDate(iso, place.dialect.objects === 'object');
  if (date !== undefined) return date;
  throw new WireError(place, `"${iso.slice(0, 40)}" is not a date in ISO 8601`);
}
