import { HeaderError, type NativeFunction, type NativeParameter, Words } from './native.ts';

const pattern = /[A-Za-z_][\w]*(?:::[A-Za-z_]\w*)*|::|&&|\d+|[^\s\w]/g;

/** Scalars of one word; those of several are put together of `integerWords`. */
const scalars = new Set(
  `bool char float double void size_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t`.split(
    ' ',
  ),
);
const integerWords = new Set(['unsigned', 'signed', 'short', 'long', 'int']);

/** The classes of the standard library whose values travel, with how many types each takes. */
const templates: Readonly<Record<string, number | 'any'>> = {
  string: 0,
  vector: 1,
  set: 1,
  unordered_set: 1,
  optional: 1,
  map: 2,
  unordered_map: 2,
  pair: 2,
  tuple: 'any',
};

/**
 * Reads the header of a function in C++: `bool f(const std::vector<int> &items, long most)`, with or without the brace
 * that follows it. Names of the standard library may stand without `std::`.
 */
export function readCppHeader(header: string): NativeFunction {
  const words = new Words(header.trim(), pattern);
  for (const word of ['static', 'inline', 'constexpr']) words.take(word);
  const { value: returns } = readType(words);
  const name = words.next();
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new HeaderError(`has "${name}" where a name was expected`);
  words.expect('(');
  const parameters = words.list(')', () => readParameter(words));
  return { name, parameters, returns };
}

function readParameter(words: Words): NativeParameter {
  const parameter = readType(words);
  if (/^[A-Za-z_]/.test(words.peek())) words.next();
  if (parameter.value === 'void') throw new HeaderError('has a parameter of the type "void"');
  return parameter;
}

/** A type with its `const` and how it is passed. A pointer has no value of its own that could travel. */
function readType(words: Words): NativeParameter {
  let isConstant = words.take('const');
  const value = readValue(words);
  isConstant = words.take('const') || isConstant;
  const passed = ['&', '&&', '*', '['].find((sign) => words.take(sign));
  const text = `${isConstant ? 'const ' : ''}${value}`;
  if (passed === '&') return { declared: `${text} &`, value, changes: !isConstant };
  if (passed) throw new HeaderError(`has the type "${text} ${passed}", whose values cannot travel`);
  return { declared: value, value, changes: false };
}

function readValue(words: Words): string {
  const integers: string[] = [];
  while (integerWords.has(words.peek())) integers.push(words.next());
  if (integers.length > 0) {
    // The one case in which such a word stands before another kind of type.
    const last = ['char', 'double'].find((word) => words.take(word));
    if (last === 'double') throw new HeaderError('has the type "long double", whose values cannot travel');
    return [...integers, ...(last ? [last] : [])].join(' ');
  }
  const word = words.next();
  const name = word.replace(/^std::/, '');
  if (scalars.has(name)) return word;
  const count = Object.hasOwn(templates, name) ? templates[name] : undefined;
  if (count === undefined) throw new HeaderError(`has the type "${word}", whose values cannot travel`);
  if (count === 0) return `std::${name}`;
  words.expect('<');
  const items = words.list('>', () => readValue(words));
  if (count !== 'any' && items.length !== count)
    throw new HeaderError(`has a "${word}" of ${items.length} types`);
  return `std::${name}<${items.join(', ')}>`;
}
