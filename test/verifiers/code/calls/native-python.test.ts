import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeWire } from '../../../../verifiers/code/encode-wire.ts';
import { dialects } from '../../../../verifiers/code/values.ts';
import { packageRoot } from '../../../../verifiers/paths.ts';
import { anyValue } from '../arbitrary-values.ts';
import { converse } from '../converse.ts';

const python = execFileSync('python3', ['-I', '-c', 'import sys; print(sys.executable)'], {
  encoding: 'utf8',
}).trim();
/** As it is inside a sandbox, with its native part beside it. */
const withNativePart = mkdtempSync(join(tmpdir(), 'calls-home-'));
symlinkSync(join(packageRoot, 'verifiers/code/drivers'), join(withNativePart, 'drivers'));
symlinkSync(join(packageRoot, 'dist/calls.so'), join(withNativePart, 'calls.so'));

afterAll(() => rmSync(withNativePart, { recursive: true }));

/** Loads the driver as a warm process does, and becomes it. */
const start = `
import importlib.util, sys
spec = importlib.util.spec_from_file_location("driver", sys.argv[1])
driver = importlib.util.module_from_spec(spec)
spec.loader.exec_module(driver)
driver.main([])
`;
const commandIn = (home: string) => [python, '-s', '-S', '-B', '-c', start, join(home, 'drivers/python.py')];
const alone = commandIn(join(packageRoot, 'verifiers/code'));
const native = commandIn(withNativePart);

/** Does with its arguments, by a name, what a candidate may do with them. */
const source = String.raw`
import sys

class Whole(int):
    pass

class Own:
    def __init__(self, value):
        self.value = value

def cycle():
    items = []
    items.append(items)
    return items

def fail(error):
    raise error

async def later(value):
    return value

def change(values):
    for value in values:
        if type(value) is list:
            value.append(values[0])
        elif type(value) is dict:
            value["new"] = value.pop("a", None)
        elif type(value) is set:
            value.add(7)

actions = {
    "return": lambda *values: values,
    "list": lambda *values: list(values),
    "first": lambda *values: values[0] if values else None,
    "twice": lambda *values: [values, values],
    "inner": lambda *values: [item for value in values if type(value) in (list, tuple) for item in value],
    "change": lambda *values: change(values),
    "change and return": lambda *values: (change(values), values),
    "reorder": lambda *values: [value.reverse() for value in values if type(value) is list],
    "empty": lambda *values: [value.clear() for value in values if type(value) in (list, dict, set)],
    "print": lambda *values: print(values, "\x00\x7f\"\\é"),
    "raise": lambda *values: fail(ValueError(*values)),
    "exit": lambda *values: sys.exit(3),
    "numbers": lambda *values: [2**53, -(2**53), 2**63, -(2**63), 10**30, 1e22, -0.0, float("inf"), float("nan"), 0.1, True],
    "texts": lambda *values: ["", "a\nb\t\r\b\f\x00\x7f", "é", "\ud800", "\U0001f600", "/", "\"\\"],
    "dicts": lambda *values: [{}, {"$int": 1}, {"$a": 1, "b": 2}, {1: 2}, {"a": {(1, 2): []}}, {"": None}],
    "others": lambda *values: [{1}, frozenset(), b"x", range(3), iter([1]), Whole(3), {}.keys(), ...],
    "own": lambda *values: Own(values),
    "lazy": lambda *values: (value for value in values),
    "later": lambda *values: later(values),
    "wide": lambda *values: [[index] for index in range(300)],
    "deep": lambda *values: __import__("functools").reduce(lambda value, _: [value], range(250), 0),
    "deep pairs": lambda *values: __import__("functools").reduce(lambda value, _: {1: value}, range(120), 0),
    "cycle": lambda *values: cycle(),
    "huge": lambda *values: "x" * 5_000_000,
    "named": lambda *values, **names: [values, names],
    "caller": lambda *values: sys._getframe(2).f_code.co_name,
}

def act(action, *values, **names):
    return actions[action](*values, **names)

kind = Own
`;
const actions = [...source.matchAll(/^ {4}"([a-z ]+)": lambda/gm)].map(([, name]) => name ?? '');
const alike = actions.filter((action) => action !== 'caller');

/** What all kinds of arguments look like; the same ones in every run. */
const wires = fc
  .sample(fc.array(anyValue(dialects.python), { maxLength: 3 }), { numRuns: 30, seed: 7 })
  .map((values) => values.map((value) => encodeWire(value, dialects.python)));
const json = fc.sample(fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 3 }), { numRuns: 15, seed: 7 });
const tuples = [[{ $tuple: [[1], { $float: '2.0' }] }, { $float: '-inf' }]];
const args = [...tuples, ...json, ...wires];

const callOf = (action: string, values: unknown[], index: number) => ({
  call: 'act',
  args: [action, ...values],
  kwargs: action === 'named' ? { a: values } : {},
  argsAfter: index % 2 === 0,
});

const requestOf = (action: string, values: unknown[]) => ({
  do: 'special',
  on: { $ref: 1 },
  name: '__call__',
  args: [action, ...values],
  kwargs: action === 'named' ? { a: values } : {},
});

/** Where an object lies differs from process to process. */
const withoutAddresses = (said: unknown) => JSON.stringify(said).replace(/0x[0-9a-f]{8,}/g, '0x');

async function bothSay(questions: readonly unknown[], replied = questions.length) {
  const [ours, expected] = await Promise.all([converse(native, questions), converse(alone, questions)]);
  expect(ours.replies.length).toBe(replied);
  for (const [index, reply] of ours.replies.entries()) {
    const question = JSON.stringify(questions[index])?.slice(0, 300);
    expect(withoutAddresses(reply), question).toBe(withoutAddresses(expected.replies[index]));
  }
  expect(withoutAddresses({ ...ours, replies: [] })).toBe(withoutAddresses({ ...expected, replies: [] }));
}

describe('the native part of the Python driver', () => {
  it('answers calls as the driver does', async () => {
    const calls = alike.flatMap((action) => args.map((values, index) => callOf(action, values, index)));
    const others = [{ call: 'missing' }, { call: 'kind' }, { call: 'actions' }, { call: 'é\n' }].map(
      (call) => ({
        ...callOf('', [], 0),
        ...call,
      }),
    );
    const numbered = [...calls, ...others].map((call, id) => ({ id, ...call }));
    await bothSay([{ source }, { load: true }, ...numbered]);
  });

  it('answers the requests of a suite as the driver does', async () => {
    const requests = alike.flatMap((action) => args.map((values) => requestOf(action, values)));
    const get = { do: 'get', on: null, name: 'act', args: [], kwargs: {} };
    const others = [
      { ...get, name: 'missing' },
      { ...get, name: 'kind' },
      { ...get, name: '' },
      { ...requestOf('return', []), on: { $ref: 99 } },
      { ...requestOf('return', [{ $ref: 1 }]), drop: [1] },
      requestOf('return', []),
    ];
    await bothSay([{ source, setup: 'import math\n' }, { load: true }, get, ...requests, ...others]);
  });

  it('serves a suite that takes another name first', async () => {
    const get = { do: 'get', on: null, args: [], kwargs: {} };
    const requests = ['kind', 'act', 'fail'].map((name) => ({ ...get, name }));
    const call = { ...requestOf('return', [1]), on: { $ref: 2 } };
    await bothSay([{ source, setup: null }, { load: true }, ...requests, call]);
  });

  it('makes plain calls without the code of the driver', async () => {
    const questions = [{ source }, { load: true }, { id: 0, ...callOf('caller', [], 1) }];
    const callers = await Promise.all(
      [native, alone].map(async (argv) => (await converse(argv, questions)).replies[2]),
    );
    expect(callers).toEqual([
      { id: 0, returned: 'serve_calls' },
      { id: 0, returned: 'answer' },
    ]);
  });

  it('reads a source of any characters', async () => {
    const text = 'def f(): return "é\u0001\\ud800😀"\n';
    await bothSay([{ source: text }, { load: true }, { id: 0, ...callOf('', [], 0), call: 'f', args: [] }]);
  });

  it('refuses a source that does not compile', async () => {
    await bothSay([{ source: 'def f(:' }, { load: true }], 1);
  });

  it('reads and writes lines of any length', async () => {
    const long = 'x'.repeat(1_000_000);
    const call = { id: 0, ...callOf('return', [long, [long]], 0) };
    await bothSay([{ source }, { load: true }, call, { ...call, id: 1 }]);
  });
});
