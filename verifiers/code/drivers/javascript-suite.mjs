// Runs a suite inside a sandbox that holds no candidate: what it names and does not define acts for the candidate.
//
// The same protocol as `python_suite.py`. The suite was made CommonJS before; what it imports of `node:test` or `vitest`
// is `javascript-tests.mjs`.

import assert from 'node:assert';
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import vm from 'node:vm';
import { Gone, Link, missing } from './javascript-link.mjs';
import { ask, finish, send, types } from './javascript-platform.mjs';
import * as runner from './javascript-tests.mjs';

const file = 'suite.js';
const longest = 2000;
const params = ['require', 'module', 'exports', '__filename', '__dirname'];
const hostRequire = createRequire('/work/suite.js');

const run = { tests: [], asserts: 0, fault: null, isOver: false };

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

/** Makes global what a script uses, does not declare, and the candidate has. Each name is asked for when it is met. */
function exposeCandidate({ script, entry }) {
  for (const name of new Set([...(entry ? [entry] : []), ...(script.match(/[A-Za-z_$][\w$]*/g) ?? [])])) {
    if (name in globalThis && name !== entry) continue;
    const set = (value) =>
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
    const get = () => {
      const value = link.ask('get', undefined, name);
      if (value === missing) throw new ReferenceError(`${name} is not defined`);
      set(value);
      return value;
    };
    Object.defineProperty(globalThis, name, { get, set, configurable: true });
  }
}

/** The candidate as a module; `prefix` tells which module of a tree is meant. */
function candidateModule(prefix = '') {
  // What a module of CommonJS exports may be a function, which is called as the module itself.
  const target = Object.assign(prefix ? () => {} : {}, { __esModule: true });
  return new Proxy(target, {
    apply: (_, receiver, args) =>
      Reflect.apply(link.ask('get', undefined, `${prefix}default`), receiver, args),
    get(_, name) {
      if (name === '__esModule') return true;
      if (typeof name !== 'string') return undefined;
      const value = link.ask('get', undefined, prefix + name);
      if (value !== missing) return value;
      return name === 'default' ? candidateModule(prefix) : undefined;
    },
    ownKeys: () => [...new Set(['__esModule', ...link.ask('names', undefined, prefix)])],
    getOwnPropertyDescriptor: (_, name) => ({
      configurable: true,
      enumerable: true,
      writable: true,
      value: name === '__esModule' ? true : link.ask('get', undefined, prefix + name),
    }),
    has: (_, name) => typeof name === 'string' && link.ask('get', undefined, prefix + name) !== missing,
  });
}

/** An assertion module that counts its assertions. */
const counted = (module) =>
  new Proxy(module, {
    get(target, name) {
      const value = target[name];
      if (name === 'strict') return counted(value);
      const isAssertion = typeof value === 'function' && typeof name === 'string' && /^[a-z]/.test(name);
      return isAssertion ? (...args) => count(() => value(...args)) : value;
    },
    apply: (target, _, args) => count(() => target(...args)),
  });

function count(action) {
  run.asserts += 1;
  return action();
}

/** `paths`: which modules of a candidate's tree are meant by the names that the suite has for them. */
function requireFor({ modules, paths = {} }) {
  const candidate = candidateModule();
  return (name) => {
    if (/^(node:)?assert(\/strict)?$/.test(name))
      return counted(name.endsWith('strict') ? assert.strict : assert);
    if (['vitest', 'node:test', '@jest/globals', 'jest'].includes(name)) return runner.module;
    if (Object.hasOwn(paths, name)) return candidateModule(`${paths[name]}:`);
    const plain = basename(name).replace(/\.[cm]?[jt]sx?$/, '');
    return modules?.includes(plain) && !name.startsWith('node:') ? candidate : hostRequire(name);
  };
}

function describe(error) {
  const isObject = typeof error === 'object' && error !== null;
  const type = isObject ? String(error.name ?? 'Error') : typeof error;
  const line = isObject && /suite\.js:(\d+)/.exec(String(error.stack ?? ''));
  return {
    type: error instanceof Gone ? 'Gone' : error instanceof assert.AssertionError ? 'AssertionError' : type,
    message: String(isObject ? error.message : error).slice(0, longest),
    line: line ? Number(line[1]) : null,
    asked: link.last?.[0]?.slice(0, longest) ?? null,
    answered: link.last?.[1]?.slice(0, longest) ?? null,
  };
}

/** A suite that breaks outside of its tests: the candidate's doing once it has answered anything. */
function broke(error) {
  if (link.answers === 0 && !(error instanceof Gone)) run.fault ??= describe(error);
  else run.tests.push({ name: 'suite', passed: false, error: describe(error) });
}

function report() {
  if (run.isOver) return;
  run.isOver = true;
  const { tests, asserts, fault } = run;
  send(JSON.stringify({ report: { tests, asserts, fault } }));
  finish();
}

async function main() {
  const suite = JSON.parse(ask());
  runner.attach({ run, describe, count, link, Gone });
  // What a suite prints is for people; nothing of the talk may be lost in a buffer.
  process.stdout.write = (text) => writeSync(1, text) > 0;
  process.on('uncaughtException', broke);
  process.on('unhandledRejection', broke);
  try {
    const action = vm.compileFunction(suite.script, params, { filename: file });
    const module = { exports: {} };
    exposeCandidate(suite);
    if (suite.framework === 'vitest') Object.assign(globalThis, runner.globals);
    action(requireFor(suite), module, module.exports, file, '/work');
    await runner.runAll();
  } catch (error) {
    broke(error);
  }
  process.on('beforeExit', () => {
    if (run.tests.length === 0 && !run.fault && run.asserts > 0)
      run.tests.push({ name: 'suite', passed: true });
    report();
  });
}

await main();
