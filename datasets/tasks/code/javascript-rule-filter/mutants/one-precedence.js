export class QueryError extends SyntaxError {}

const tokenPattern = /\s*(?:("(?:[^"\\]|\\["\\])*")|(-?\d+(?:\.\d+)?)|([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(<=|>=|!=|[=<>~()]))/y;
const constants = new Map([['true', true], ['false', false], ['null', null]]);
const words = new Set(['and', 'or', 'not', ...constants.keys()]);

function tokenize(query) {
  const text = query.trimEnd();
  const tokens = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.length) {
    const [, string, number, name, symbol] = tokenPattern.exec(text) ?? fail('unexpected character');
    if (string) tokens.push({ value: string.slice(1, -1).replace(/\\(.)/g, '$1') });
    else if (number) tokens.push({ value: Number(number) });
    else if (constants.has(name)) tokens.push({ value: constants.get(name) });
    else if (words.has(name)) tokens.push({ symbol: name });
    else if (name) tokens.push({ field: name.split('.') });
    else tokens.push({ symbol });
  }
  return tokens;
}

function fail(message) {
  throw new QueryError(message);
}

function parse(tokens) {
  let at = 0;
  const take = (symbol) => tokens[at]?.symbol === symbol && ++at > 0;

  function either() {
    let left = negation();
    for (;;) {
      const before = left;
      if (take('or')) {
        const right = negation();
        left = (record) => before(record) || right(record);
      } else if (take('and')) {
        const right = negation();
        left = (record) => before(record) && right(record);
      } else return left;
    }
  }

  function negation() {
    if (take('not')) {
      const inner = negation();
      return (record) => !inner(record);
    }
    if (!take('(')) return test();
    const inner = either();
    if (!take(')')) fail('a closing parenthesis is missing');
    return inner;
  }

  function test() {
    const { field } = tokens[at++] ?? {};
    if (!field) fail('a field was expected');
    const compare = comparisons[tokens[at]?.symbol];
    if (!compare) return (record) => ![undefined, false, null].includes(look(record, field));
    at += 1;
    const operand = tokens[at++] ?? {};
    if (!('value' in operand)) fail('a value was expected');
    return (record) => {
      const found = look(record, field);
      return Array.isArray(found)
        ? found.some((item) => compare(item, operand.value))
        : compare(found, operand.value);
    };
  }

  const query = either();
  if (at < tokens.length) fail('the query should end here');
  return query;
}

const ordered = (a, b) => typeof a === typeof b && ['number', 'string'].includes(typeof a);

const comparisons = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => ordered(a, b) && a < b,
  '<=': (a, b) => ordered(a, b) && a <= b,
  '>': (a, b) => ordered(a, b) && a > b,
  '>=': (a, b) => ordered(a, b) && a >= b,
  '~': (a, b) => typeof a === 'string' && typeof b === 'string' && a.includes(b),
};

function look(record, field) {
  let value = record;
  for (const name of field) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    if (!Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

export function matches(query, record) {
  return parse(tokenize(query))(record);
}
