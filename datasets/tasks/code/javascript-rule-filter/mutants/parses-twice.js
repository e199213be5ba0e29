export class QueryError extends SyntaxError {}

const fail = (message) => {
  throw new QueryError(message);
};

function tokenize(text) {
  const tokens = [];
  const pattern = /\s*(?:("(?:[^"\\]|\\["\\])*")|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(<=|>=|!=|[=<>~()])|$)/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) fail('unexpected character');
    if (match[0].trim() !== '') tokens.push(match[0].trim());
  }
  return tokens;
}

// Each rule returns [predicate, rest] or undefined, and tries its alternatives one after the other.
function or(tokens) {
  return binary(and, 'or', or, tokens) ?? and(tokens);
}

function and(tokens) {
  return binary(not, 'and', and, tokens) ?? not(tokens);
}

function binary(left, word, right, tokens) {
  const first = left(tokens);
  if (!first || first[1][0] !== word) return undefined;
  const second = right(first[1].slice(1));
  if (!second) return undefined;
  const combine =
    word === 'or'
      ? (record) => first[0](record) || second[0](record)
      : (record) => first[0](record) && second[0](record);
  return [combine, second[1]];
}

function not(tokens) {
  if (tokens[0] === 'not') {
    const inner = not(tokens.slice(1));
    return inner && [(record) => !inner[0](record), inner[1]];
  }
  if (tokens[0] === '(') {
    const inner = or(tokens.slice(1));
    return inner?.[1][0] === ')' ? [inner[0], inner[1].slice(1)] : undefined;
  }
  return test(tokens);
}

const isField = (token = '') =>
  /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(token) && !/^(and|or|not|true|false|null)$/.test(token);

function test([name, operator, literal, ...rest]) {
  if (!isField(name)) return undefined;
  if (!(operator in operators)) return [(record) => (look(record, name) ?? false) !== false, operator === undefined ? [] : [operator, ...(literal === undefined ? [] : [literal]), ...rest]];
  if (literal === undefined || isField(literal) || /^(and|or|not|[^\w"-].*)$/.test(literal)) return undefined;
  const value = literal.startsWith('"') ? literal.slice(1, -1).replace(/\\(.)/g, '$1') : JSON.parse(literal);
  const predicate = (record) => {
    const found = look(record, name);
    return Array.isArray(found) ? found.some((item) => operators[operator](item, value)) : operators[operator](found, value);
  };
  return [predicate, rest];
}

const ordered = (a, b) => typeof a === typeof b && (typeof a === 'number' || typeof a === 'string');
const operators = Object.assign(Object.create(null), {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => ordered(a, b) && a < b,
  '<=': (a, b) => ordered(a, b) && a <= b,
  '>': (a, b) => ordered(a, b) && a > b,
  '>=': (a, b) => ordered(a, b) && a >= b,
  '~': (a, b) => typeof a === 'string' && typeof b === 'string' && a.includes(b),
});

function look(record, name) {
  return name.split('.').reduce((value, key) => {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && Object.hasOwn(value, key) ? value[key] : undefined;
  }, record);
}

export function matches(query, record) {
  const result = or(tokenize(query));
  if (!result || result[1].length > 0) fail('not a query');
  return result[0](record);
}
