import { HeaderError, type NativeFunction, type NativeParameter, Words } from './native.ts';

const pattern = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_]\w*)?|\d+|\.\.\.|[^\s\w]/gu;
const isName = (word: string) => /^[\p{L}_]/u.test(word);

const scalars = new Set(
  `bool string byte rune int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 float32 float64 any error`.split(
    ' ',
  ),
);

/**
 * Reads the header of a function in Go: `func f(items []int, words ...)`, with or without the brace that follows it.
 * What it returns is kept as one text, in parentheses where it is several values.
 */
export function readGoHeader(header: string): NativeFunction {
  const words = new Words(header.trim(), pattern);
  words.expect('func');
  const name = words.next();
  if (!isName(name)) throw new HeaderError(`has "${name}" where a name was expected`);
  words.expect('(');
  const parameters = readParameters(words);
  return { name, parameters: parameters.map(passed), returns: readResults(words) };
}

const passed = (type: string): NativeParameter => ({
  declared: type,
  value: type,
  changes: /^(?:\[|map|\*|any$|interface)/.test(type),
});

function readResults(words: Words): string {
  if (words.peek() === '' || words.peek() === '{') return '';
  if (!words.take('(')) return readType(words);
  return `(${readParameters(words).join(', ')})`;
}

/** The types of a list of parameters: `a, b int, c []string` has three. */
function readParameters(words: Words): string[] {
  const entries = words.list(')', () => readEntry(words));
  const isNamed = entries.some(({ word, type }) => word !== '' && type !== undefined);
  if (!isNamed) return entries.map(({ word, type }) => type ?? known(word));
  const types: string[] = [];
  let type = '';
  // Names without a type have that of the next which has one.
  for (const entry of entries.reverse()) {
    type = entry.type ?? type;
    types.unshift(type);
  }
  return types;
}

/** A name with its type, or a word that is one of both. */
function readEntry(words: Words): { word: string; type?: string } {
  const first = words.peek();
  const isType = !isName(first) || first === 'map' || first === 'interface' || first === 'struct';
  if (isType) return { word: '', type: readType(words) };
  words.next();
  return [',', ')'].includes(words.peek()) ? { word: first } : { word: first, type: readType(words) };
}

function readType(words: Words): string {
  if (words.take('...')) throw new HeaderError('takes any number of arguments, which cannot be declared');
  if (words.take('*')) return `*${readType(words)}`;
  if (words.take('[')) {
    if (words.take(']')) return `[]${readType(words)}`;
    throw new HeaderError('has an array of a fixed length, whose values cannot travel');
  }
  const word = words.next();
  if (word === 'interface' || word === 'struct') {
    words.expect('{');
    words.expect('}');
    return `${word}{}`;
  }
  if (word !== 'map') return known(word);
  words.expect('[');
  const key = readType(words);
  words.expect(']');
  return `map[${key}]${readType(words)}`;
}

function known(word: string): string {
  if (scalars.has(word)) return word;
  throw new HeaderError(`has the type "${word}", whose values cannot travel`);
}
