// Conversations with a candidate of ours, which call most of what the driver is made of.

const values = [
  ...[null, true, 1.5, 'a', [1, [2]], { a: 1 }],
  { $undefined: true },
  { $int: '12345678901234567890' },
  { $float: 'nan' },
  { $dict: [['a', { $set: [1] }]] },
  { $bytes: 'AQL/' },
  { $date: '2020-01-01T00:00:00.000Z' },
  { $tuple: [1] },
];

export const functions = `function same(...all) { return all; }
async function later(value) { return value; }
function* each(items) { yield* items; }
function fail(kind) { if (kind) throw new RangeError('a', { cause: kind }); null.a; }
class Counter { constructor(n) { this.n = n; } next() { return this.n++; } }`;
export const names = ['same', 'later', 'each', 'fail', 'Counter'];

const called = [
  { call: 'same', args: values, argsAfter: true },
  { call: 'later', args: [1] },
  { call: 'each', args: [[1, 2]] },
  { call: 'fail', args: [] },
  { call: 'fail', args: ['a'] },
  { call: 'missing', args: [] },
];

const steps = [
  { step: { first: true, new: 'Counter', as: 'it', expects: false }, args: [1] },
  { step: { on: 'it', call: 'next', expects: true }, args: [] },
  { step: { on: 'it', get: 'n', expects: true }, args: [] },
  { step: { first: true, call: 'each', take: 1, expects: true }, args: [[1, 2]] },
];

const conversation = (candidate, code, questions) => {
  const lines = [candidate, { load: true }, ...questions.map((question, id) => ({ id, ...question }))];
  return { lines: lines.map((line) => JSON.stringify(line)).join('\t'), code, timeoutMs: 5000 };
};

/** What the module holds that conversations with one load. */
export const exported = `${functions}\nexport { ${names.join(', ')} };`;

export const rehearsals = [
  conversation({ format: 'commonjs', source: functions, names }, '', [...called, ...steps]),
  conversation({ format: 'module', path: 'candidate.mjs', names }, exported, called),
];
