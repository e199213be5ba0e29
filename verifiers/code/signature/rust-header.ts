import { HeaderError, type NativeFunction, type NativeParameter, Words } from './native.ts';

const pattern = /[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*|->|'[a-z_]\w*|\d+|[^\s\w]/g;

const scalars = new Set(
  'bool char String i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64'.split(' '),
);

/** The classes of the standard library whose values travel, with where they lie and how many types each takes. */
const generics: Readonly<Record<string, { path: string; count: number }>> = {
  Vec: { path: 'Vec', count: 1 },
  Option: { path: 'Option', count: 1 },
  HashSet: { path: 'std::collections::HashSet', count: 1 },
  BTreeSet: { path: 'std::collections::BTreeSet', count: 1 },
  HashMap: { path: 'std::collections::HashMap', count: 2 },
  BTreeMap: { path: 'std::collections::BTreeMap', count: 2 },
  Result: { path: 'Result', count: 2 },
};

/**
 * Reads the header of a function in Rust: `pub fn f(items: &[i32], name: &str) -> Option<usize>`, with or without the
 * brace that follows it. References are to values that have an owner: `&str`, `&[T]`, `&T`, `&mut T`.
 */
export function readRustHeader(header: string): NativeFunction {
  const words = new Words(header.trim(), pattern);
  words.take('pub');
  words.expect('fn');
  const name = words.next();
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new HeaderError(`has "${name}" where a name was expected`);
  if (words.peek() === '<') throw new HeaderError('is generic, which cannot be declared');
  words.expect('(');
  const parameters = words.list(')', () => readParameter(words));
  const returns = words.take('->') ? readOwned(words) : '()';
  return { name, parameters, returns };
}

function readParameter(words: Words): NativeParameter {
  words.take('mut');
  const name = words.next();
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new HeaderError(`has "${name}" where a name was expected`);
  words.expect(':');
  if (!words.take('&')) {
    const value = readOwned(words);
    return { declared: value, value, changes: false };
  }
  const changes = words.take('mut');
  const { declared, value } = readBorrowed(words);
  return { declared: `&${changes ? 'mut ' : ''}${declared}`, value, changes };
}

/** What a reference is to, and the type that owns it. */
function readBorrowed(words: Words): { declared: string; value: string } {
  if (words.take('str')) return { declared: 'str', value: 'String' };
  if (!words.take('[')) {
    const value = readOwned(words);
    return { declared: value, value };
  }
  const item = readOwned(words);
  words.expect(']');
  return { declared: `[${item}]`, value: `Vec<${item}>` };
}

function readOwned(words: Words): string {
  if (words.take('(')) {
    const items = words.list(')', () => readOwned(words));
    return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
  }
  const word = words.next();
  const name = word.split('::').at(-1) ?? word;
  if (scalars.has(word)) return word;
  const generic = Object.hasOwn(generics, name) ? generics[name] : undefined;
  if (!generic) throw new HeaderError(`has the type "${word}", whose values cannot travel`);
  words.expect('<');
  const items = words.list('>', () => readOwned(words));
  if (items.length !== generic.count) throw new HeaderError(`has a "${word}" of ${items.length} types`);
  return `${generic.path}<${items.join(', ')}>`;
}
