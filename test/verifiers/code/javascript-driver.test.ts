import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { canonicalKey } from '../../../verifiers/code/canonical-key.ts';
import { encodeWire } from '../../../verifiers/code/encode-wire.ts';
import { parseWire } from '../../../verifiers/code/parse-wire.ts';
import { dialects } from '../../../verifiers/code/values.ts';
import { packageRoot } from '../../../verifiers/paths.ts';
import { anyValue } from './arbitrary-values.ts';
import { converse } from './converse.ts';

const argv = [process.execPath, '--random-seed=1', join(packageRoot, 'dist/drivers/javascript.cjs')];
const folder = mkdtempSync(join(tmpdir(), 'assay-javascript-driver-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Call = { call?: string; args?: unknown[]; argsAfter?: boolean };

async function converseWith(candidate: unknown, list: Call[]) {
  const questions = list.map((call, id) => ({ id, call: 'f', args: [], argsAfter: false, ...call }));
  const { replies, ...end } = await converse(argv, [candidate, { load: true }, ...questions], '', folder);
  return { first: replies.slice(0, 2), replies: replies.slice(2), ...end };
}

const calls = (source: string, ...list: Call[]) =>
  converseWith({ format: 'commonjs', source, names: ['f'] }, list);

function moduleCalls(source: string, ...list: Call[]) {
  writeFileSync(join(folder, 'candidate.mjs'), source);
  return converseWith({ format: 'module', path: 'candidate.mjs', names: ['f'] }, list);
}

async function returned(source: string): Promise<unknown> {
  const { replies } = await calls(source, {});
  const [reply] = replies;
  if (reply && typeof reply === 'object' && 'returned' in reply) return reply.returned;
  return reply;
}

const first = [{ compiled: true }, { loaded: true }];

describe('the JavaScript driver', () => {
  it('calls a function once for each question', async () => {
    expect(await calls('const f = (a, b) => a + b;', { args: [1, 2] }, { args: ['a', 'b'] })).toEqual({
      first,
      replies: [
        { id: 0, returned: 3 },
        { id: 1, returned: 'ab' },
      ],
      code: 0,
      stdout: '',
      stderr: '',
    });
  });

  it.each([
    ['a declaration', 'function f() { return 1; }'],
    ['a constant', 'const f = () => 1;'],
    ['a property of exports', 'exports.f = () => 1;'],
    ['a property of module.exports', 'module.exports = { f: () => 1 };'],
    ['module.exports itself', 'module.exports = function f() { return 1; };'],
    ['a declaration before a return', 'exports.f = f; return; function f() { return 1; }'],
    [
      'use of a built-in module',
      'const { basename } = require("node:path"); function f() { return basename("a/1").length; }',
    ],
  ])('finds the function as %s', async (_name, source) => {
    expect(await returned(source)).toBe(1);
  });

  it.each([
    ['an exported declaration', 'export function f() { return 1; }'],
    ['an exported name', 'const g = () => 1;\nexport { g as f };'],
    ['a member of the default export', 'export default { f: () => 1 };'],
    [
      'a declaration that the judge exports',
      'import "node:fs";\nfunction f() { return 1; }\nexport { f as assay_f };',
    ],
    [
      'an exported constant after a top-level await',
      'const one = await Promise.resolve(1);\nexport const f = () => one;',
    ],
  ])('finds the function of a module as %s', async (_name, source) => {
    expect((await moduleCalls(source, {})).replies).toEqual([{ id: 0, returned: 1 }]);
  });

  it('waits for promises', async () => {
    const source =
      'async function f(a) { await new Promise((r) => setTimeout(r, 1)); if (a) throw new RangeError("no"); return [a]; }';
    const { replies } = await calls(source, { args: [0] }, { args: [1] });
    expect(replies).toMatchObject([{ returned: [0] }, { raised: { type: 'RangeError' } }]);
  });

  it('ends without a reply when a promise never settles', async () => {
    const { replies, code } = await calls('function f() { return new Promise(() => {}); }', {});
    expect({ replies, code }).toEqual({ replies: [], code: 13 });
  });

  it('reports an exception at load, with its line', async () => {
    const { first: replies } = await calls('const a = 1;\nboom();', {});
    expect(replies[1]).toEqual({
      raised: { type: 'ReferenceError', bases: ['Error'], message: 'boom is not defined', line: 2 },
    });
  });

  it.each<[name: string, thrown: string, raised: unknown]>([
    [
      'a class of its own',
      'new (class Low extends RangeError {})("x")',
      { type: 'Low', bases: ['RangeError', 'Error'], message: 'x' },
    ],
    [
      'a false built-in class',
      'new (class TypeError extends Error {})()',
      { type: 'candidate.TypeError', bases: ['Error'] },
    ],
    [
      'a name of its own',
      'Object.assign(new Error("x"), { name: "Low" })',
      { type: 'Error', bases: ['Low'] },
    ],
    ['a false name', 'Object.assign(new Error("x"), { name: "TypeError" })', { type: 'Error', bases: [] }],
    ['a text', '"no"', { type: 'string', bases: [], message: 'no' }],
    ['null', 'null', { type: 'object', bases: [], message: 'null' }],
    ['a proxy', 'new Proxy(new Error(), { getPrototypeOf() { for (;;); } })', { type: 'Proxy', bases: [] }],
    ['an object without prototype', 'Object.create(null)', { type: 'object', bases: [] }],
    [
      'a getter for its message',
      'Object.defineProperty(new Error("a"), "message", { get() { throw 1; } })',
      { type: 'Error', message: '' },
    ],
  ])('describes %s that is thrown', async (_name, thrown, raised) => {
    expect(await returned(`function f() { throw ${thrown}; }`)).toMatchObject({ id: 0, raised });
  });

  it('shows arguments as they stand after the call', async () => {
    const { replies } = await calls('function f(a) { a.push(1); a.sort(); }', {
      args: [[3, 2]],
      argsAfter: true,
    });
    expect(replies).toEqual([{ id: 0, returned: { $undefined: true }, argsAfter: [[1, 2, 3]] }]);
  });

  it('tells of an argument that was changed to what cannot be written', async () => {
    const { replies } = await calls('function f(a) { a[0] = () => 1; }', { args: [[3]], argsAfter: true });
    expect(replies).toEqual([{ id: 0, unserialisable: 'an argument changed to a function' }]);
  });

  it('keeps what the candidate prints out of the channel', async () => {
    const result = await calls(
      'console.log("at load"); function f() { process.stdout.write("in call"); }',
      {},
    );
    expect(result).toMatchObject({ stdout: 'at load\nin call', code: 0 });
  });

  it.each<[name: string, expression: string, wire: unknown]>([
    ['a large number', '1e21', 1e21],
    ['minus zero', '-0', { $float: '-0.0' }],
    ['NaN', 'NaN', { $float: 'nan' }],
    ['an infinity', '-Infinity', { $float: '-inf' }],
    ['a bigint', '-5n', { $int: '-5' }],
    ['undefined', 'undefined', { $undefined: true }],
    ['a hole', '[, 1]', [{ $undefined: true }, 1]],
    [
      'a Map',
      'new Map([[1, "a"], ["b", new Map()]])',
      {
        $dict: [
          [1, 'a'],
          ['b', { $dict: [] }],
        ],
      },
    ],
    ['a Set', 'new Set([1, "a"])', { $set: [1, 'a'] }],
    ['a Buffer', 'Buffer.from("hi")', { $bytes: 'aGk=' }],
    ['an ArrayBuffer', 'new Uint8Array([104, 105]).buffer', { $bytes: 'aGk=' }],
    ['part of a buffer', 'new Uint8Array([0, 104, 105, 0]).subarray(1, 3)', { $bytes: 'aGk=' }],
    ['floats', 'new Float64Array([1.5])', { $iterator: [1.5] }],
    ['a Date', 'new Date(0)', { $date: '1970-01-01T00:00:00.000Z' }],
    ['an invalid Date', 'new Date(NaN)', { $date: 'invalid' }],
    ['a generator', '(function* () { yield 1; })()', { $iterator: [1] }],
    ['an iterator of an array', '[1].values()', { $iterator: [1] }],
    ['keys of a Map', 'new Map([[1, 2]]).keys()', { $iterator: [1] }],
    ['an instance of a class', 'new (class P { x = 1; #y = 2; get z() { return 3; } })()', { x: 1 }],
    ['an object without prototype', 'Object.assign(Object.create(null), { a: 1 })', { a: 1 }],
    ['an object that looks like a tag', '({ $int: "5" })', { $object: [['$int', '5']] }],
    [
      'a key named __proto__',
      'JSON.parse(\'{"__proto__": 1, "a": 2}\')',
      JSON.parse('{"__proto__": 1, "a": 2}'),
    ],
    [
      'a subclass of Array',
      'new (class A extends Array { get length() { return 0; } [Symbol.iterator]() { return [9].values(); } })(1, 2)',
      [1, 2],
    ],
    ['an object with toJSON', '({ a: 1, toJSON: undefined })', { a: 1, toJSON: { $undefined: true } }],
    [
      'an inherited toJSON',
      'new (class { a = 1; toJSON() { return "lie"; } valueOf() { return 5; } })()',
      { a: 1 },
    ],
    ['lone surrogates', '"\\ud800"', '\ud800'],
    ['the same array twice', '((a) => [a, a])([1])', [[1], [1]]],
  ])('writes the data of %s', async (_name, expression, wire) => {
    expect(await returned(`function f() { return ${expression}; }`)).toEqual(wire);
  });

  it.each<[name: string, source: string, reason: string]>([
    ['a function', 'function f() { return f; }', 'a function'],
    ['a symbol', 'function f() { return Symbol(); }', 'a symbol'],
    [
      'a Proxy whose traps never end',
      'function f() { const t = () => { for (;;); }; return new Proxy([], { get: t, ownKeys: t, getPrototypeOf: t }); }',
      'a Proxy',
    ],
    ['a getter', 'function f() { return { get a() { throw 1; } }; }', 'a getter'],
    ['a boxed number', 'function f() { return new Number(5); }', 'a boxed primitive'],
    ['a RegExp', 'function f() { return [/a/]; }', 'a RegExp'],
    ['an Error', 'function f() { return new Error(); }', 'an Error'],
    ['a promise within', 'function f() { return [Promise.resolve(1)]; }', 'a Promise'],
    ['an async generator', 'function f() { return (async function* () {})(); }', 'an async generator'],
    ['a cycle', 'function f() { const a = {}; a.a = a; return a; }', 'a value that contains itself'],
    [
      'a deep nest',
      'function f() { let a = []; for (let i = 0; i < 1000; i++) a = [a]; return a; }',
      'a value nested deeper than 200',
    ],
    [
      'an endless generator',
      'function f() { return (function* () { for (;;) yield 1; })(); }',
      'an iterator of more than 100000 items',
    ],
    ['a huge text', 'function f() { return "x".repeat(1e7); }', 'a result of more than 4194304 characters'],
    [
      'a huge sparse array',
      'function f() { return new Array(1e9); }',
      'a result of more than 4194304 characters',
    ],
  ])('refuses %s', async (_name, source, reason) => {
    expect(await returned(source)).toEqual({ id: 0, unserialisable: reason });
  });

  it.each([
    [
      'Array.prototype',
      'for (const n of ["push", "map", "join", "forEach", "keys"]) Array.prototype[n] = () => { throw 1; }; Array.prototype[Symbol.iterator] = null;',
    ],
    [
      'Object.prototype',
      'for (const n of ["get", "set", "value", "writable", "toJSON", "0", "id", "call"]) Object.prototype[n] = () => { throw 1; };',
    ],
    ['JSON', 'JSON.parse = JSON.stringify = () => "5"; String.prototype.toJSON = () => "6";'],
    [
      'Reflect and Object',
      'for (const o of [Reflect, Object]) for (const n of Object.getOwnPropertyNames(o)) try { o[n] = undefined; } catch {}',
    ],
    [
      'Function.prototype',
      'Function.prototype.call = Function.prototype.apply = Function.prototype.bind = null;',
    ],
    [
      'Map, Set and Promise',
      'Map.prototype.forEach = Set.prototype.add = Set.prototype.has = Promise.prototype.then = Promise.resolve = null; globalThis.Promise = globalThis.Map = globalThis.Set = null;',
    ],
    [
      'Buffer and fs',
      'const fs = require("fs"); fs.writeSync = fs.readSync = null; Buffer.from = Buffer.concat = Buffer.prototype.toString = Buffer.prototype.indexOf = null;',
    ],
    [
      'process',
      'process.reallyExit = process.exit = process.cwd = null; process.on("exit", () => { process.exitCode = 7; });',
    ],
    [
      'names of the top level',
      'class Map {} class Set {} const Reflect = 1, JSON = 2, Buffer = 3, process = 4;',
    ],
  ])('works on when the candidate patches %s', async (_name, source) => {
    const patched = `${source}\nasync function f(a) { return [a, { k: "v" }, new globalThis.Uint8Array(1)]; }`;
    const { replies, code } = await calls(patched, { args: [[1]], argsAfter: true }, { args: [2] });
    expect({ replies, code }).toEqual({
      replies: [
        { id: 0, returned: [[1], { k: 'v' }, { $bytes: 'AA==' }], argsAfter: [[1]] },
        { id: 1, returned: [2, { k: 'v' }, { $bytes: 'AA==' }] },
      ],
      code: 0,
    });
  });

  it('works on when every object has become a thenable', async () => {
    const source = 'Object.prototype.then = () => { throw 1; }; function f() { return { a: [1] }; }';
    expect(await returned(source)).toEqual({ a: [1] });
  });

  it('gives back any value that it is given', async () => {
    const { javascript } = dialects;
    const values = fc.sample(anyValue(javascript), { numRuns: 400, seed: 1 });
    const wires = values.map((value) => encodeWire(value, javascript));
    const usable = wires.filter((wire) => !/\$tuple|\$set|\$dict/.test(JSON.stringify(wire)));
    const { replies } = await calls(
      'function f(a) { return a; }',
      ...usable.map((wire) => ({ args: [wire] })),
    );
    const key = (wire: unknown) => canonicalKey(parseWire(wire, javascript), false);
    expect(replies.map((reply) => key(Object(reply).returned))).toEqual(usable.map(key));
    expect(usable.length).toBeGreaterThan(100);
  });

  it('gives every candidate the same random numbers', async () => {
    const source = 'function f() { return Math.random(); }';
    expect(await returned(source)).toBe(await returned(source));
  });
});
