import { HeaderError, type NativeFunction, type NativeParameter, Words } from './native.ts';

const pattern = /[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*|\d+|\.\.\.|[^\s\w]/gu;

/** The types whose values travel, with how many others each takes. */
const types: Readonly<Record<string, number>> = {
  boolean: 0, byte: 0, short: 0, int: 0, long: 0, float: 0, double: 0, char: 0, void: 0,
  Boolean: 0, Byte: 0, Short: 0, Integer: 0, Long: 0, Float: 0, Double: 0, Character: 0, String: 0, Object: 0,
  List: 1, ArrayList: 1, LinkedList: 1, Collection: 1, Set: 1, HashSet: 1, LinkedHashSet: 1, TreeSet: 1, Optional: 1,
  Map: 2, HashMap: 2, LinkedHashMap: 2, TreeMap: 2,
  Unit: 1, Pair: 2, Triplet: 3, Quartet: 4, Quintet: 5,
}; // biome-ignore format: a table reads best in lines

/** A method; one that is not static is called on an instance. */
export type JavaFunction = NativeFunction & { isStatic: boolean };

const modifiers = ['public', 'protected', 'private', 'static', 'final'];

/**
 * Reads the header of a method in Java: `public static List<Long> f(int[] items, Map<String, Long> counts)`, with or
 * without the brace that follows it.
 */
export function readJavaHeader(header: string): JavaFunction {
  const words = new Words(header.trim(), pattern);
  let isStatic = false;
  for (let word = words.peek(); modifiers.includes(word); word = words.peek()) {
    isStatic ||= word === 'static';
    words.next();
  }
  const returns = readType(words);
  const name = words.next();
  if (!/^[\p{L}_$]/u.test(name)) throw new HeaderError(`has "${name}" where a name was expected`);
  words.expect('(');
  const parameters = words.list(')', () => readParameter(words));
  return { name, parameters, returns, isStatic };
}

function readParameter(words: Words): NativeParameter {
  words.take('final');
  const type = readType(words);
  words.next();
  const isPlain = /^[a-z]+$/.test(type) || /^(?:[A-Z][a-z]*|Optional<.*>)$/.test(type);
  return { declared: type, value: type, changes: !isPlain };
}

function readType(words: Words): string {
  const word = words.next();
  const name = word.replace(/^java\.(?:util|lang)\./, '');
  const count = Object.hasOwn(types, name) ? types[name] : undefined;
  if (count === undefined) throw new HeaderError(`has the type "${word}", whose values cannot travel`);
  let type = name;
  if (count > 0) {
    words.expect('<');
    const items = words.list('>', () => readType(words));
    if (items.length !== count) throw new HeaderError(`has a "${word}" of ${items.length} types`);
    type += `<${items.join(', ')}>`;
  }
  while (words.take('[')) {
    words.expect(']');
    type += '[]';
  }
  if (words.peek() === '...')
    throw new HeaderError('takes any number of arguments, which cannot be declared');
  return type;
}
