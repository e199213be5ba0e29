// Runs a suite inside a sandbox that holds no candidate: what it names and does not define acts for the candidate.
//
// The same protocol as `python_suite.py`. The suite was made CommonJS before; what it imports of `node:test` or `vitest`
// is `javascript-tests.mjs`.

import { Gone, givenBy, Link } from './javascript-link.mjs';
import { ask, finish, send, types } from './javascript-platform.mjs';
import { runSuite } from './javascript-suites.mjs';

/** What the suite lends may be called, and read by its own names: behind the rest are expected values. */
const rules = {
  serve({ do: operation, name }, target) {
    if (!link.isLent(target)) throw new TypeError('the suite did not lend this');
    if (operation === 'call') return;
    const readable = typeof target === 'object' && typeof name === 'string' && !kept.has(name);
    const allowed =
      operation === 'keys' || operation === 'has' || operation === 'attr' || operation === 'set';
    if (operation === 'attr' && typeof target === 'object' && typeof name === 'object') return;
    if (!allowed || (operation !== 'keys' && !readable)) throw new TypeError('the suite does not serve this');
  },
  lend(value) {
    if (types.isProxy(value)) throw new TypeError('a Proxy of the suite cannot be handed over');
  },
  hear() {},
  spoken: () => '',
};
const kept = new Set(['constructor', 'prototype', '__proto__', 'caller', 'callee', 'arguments']);
const link = new Link(rules);

const sideFor = ({ setup }) => ({
  isApart: true,
  load() {
    if (setup) link.given = givenBy(setup);
  },
  get: (name) => link.given.get(name) ?? link.ask('get', undefined, name),
  names: (prefix) => link.ask('names', undefined, prefix),
  idle: () => link.ask('idle'),
  isAsked: () => link.answers > 0,
  isGone: (error) => error instanceof Gone,
  get last() {
    return link.last;
  },
  set last(talk) {
    link.last = talk;
  },
});

export function main() {
  const suite = JSON.parse(ask());
  runSuite(suite, sideFor(suite), (report) => {
    send(JSON.stringify({ report }));
    finish();
  });
}
