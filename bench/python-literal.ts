import type { Value } from '../verifiers/code/values.ts';

/** The member of the union whose `type` can be `T`. */
type Typed<T, V = Value> = V extends { type: infer Types } ? (T extends Types ? V : never) : never;
type Writer<T extends Value['type']> = (value: Typed<T>) => string;

const list = (items: readonly Value[]): string => items.map(pythonLiteral).join(', ');

const writers: { [T in Value['type']]: Writer<T> } = {
  null: () => 'None',
  undefined: () => 'None',
  boolean: ({ value }) => (value ? 'True' : 'False'),
  integer: ({ value }) => String(value),
  float: ({ value }) => `float("${value}")`,
  string: ({ value }) => JSON.stringify(value),
  date: ({ value }) => `datetime.datetime.fromisoformat("${value}")`,
  bytes: ({ value }) => `bytes([${[...value]}])`,
  list: ({ items }) => `[${list(items)}]`,
  tuple: ({ items }) => `(${items.map((item) => `${pythonLiteral(item)},`).join('')})`,
  iterator: ({ items }) => `iter([${list(items)}])`,
  set: ({ items }) => `set([${list(items)}])`,
  dict: ({ entries }) => dictionary(entries),
  object: ({ entries }) => dictionary(entries),
};

/** A value of a test as Python source. */
export function pythonLiteral(value: Value): string {
  // The table has a writer for each type; TypeScript cannot pair the two unions by itself.
  return (writers[value.type] as (value: Value) => string)(value);
}

function dictionary(entries: readonly [Value, Value][]): string {
  return `{${entries.map(([key, value]) => `${pythonLiteral(key)}: ${pythonLiteral(value)}`).join(', ')}}`;
}
