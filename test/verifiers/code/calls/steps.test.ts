import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVerifierSandbox } from '../../../../verifiers/open.ts';
import type { SandboxHost } from '../../../../verifiers/sandbox/index.ts';
import type { Verdict } from '../../../../verifiers/verdict.ts';
import { verify } from '../../../../verifiers/verify.ts';
import { codeTask } from '../code-task.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(() => sandbox?.close());

type Spec = { cases: unknown[]; helpers?: string; limits?: Record<string, number> };

const judge = (language: string, source: string, spec: Spec): Promise<Verdict> =>
  verify(codeTask({ language, limits: { cpuSeconds: 3 }, ...spec }), `\`\`\`${language}\n${source}\n\`\`\``, {
    sandbox,
  });

/** How the tests went: `passed`, or the kinds of failure. */
async function outcome(language: string, source: string, spec: Spec): Promise<string> {
  const verdict = await judge(language, source, spec);
  if (verdict.status === 'no-verdict') return `no verdict: ${verdict.error.code} ${verdict.error.message}`;
  const tests = verdict.checks.at(-1);
  const codes = [...new Set(tests?.diagnostics.map(({ code }) => code))];
  return verdict.passed ? 'passed' : `${tests?.name} ${tests?.outcome}: ${codes.join(', ')}`;
}

const account = {
  python: `
class Account:
    rate = 2

    def __init__(self, owner):
        self.owner = owner
        self.amount = 0

    @classmethod
    def opened(cls, owner, amount):
        made = cls(owner)
        made.amount = amount
        return made

    @property
    def balance(self):
        return self.amount

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("too little")
        self.amount += amount
        return self.amount

def total(accounts):
    return sum(one.balance for one in accounts)
`,
  javascript: `
export class Account {
  static rate = 2;
  #amount = 0;
  constructor(owner) { this.owner = owner; }
  static opened(owner, amount) { const made = new Account(owner); made.#amount = amount; return made; }
  get balance() { return this.#amount; }
  deposit(amount) {
    if (amount <= 0) throw new RangeError('too little');
    this.#amount += amount;
    return this.#amount;
  }
}
export const total = (accounts) => accounts.reduce((sum, one) => sum + one.balance, 0);
`,
};

const accountCases = (error: string) => [
  {
    name: 'of one',
    steps: [
      { new: 'Account', args: ['Ada'], as: 'first' },
      { on: 'first', get: 'owner', returns: 'Ada' },
      { on: 'first', call: 'deposit', args: [10], returns: 10 },
      { on: 'first', call: 'deposit', args: [-1], raises: error },
      { on: 'first', call: 'deposit', args: [5] },
      { on: 'first', get: 'balance', returns: 15 },
      { on: 'Account', get: 'rate', returns: 2 },
    ],
  },
  {
    name: 'of two',
    steps: [
      { on: 'Account', call: 'opened', args: ['Ada', 3], as: 'first' },
      { new: 'Account', args: ['Bob'], as: 'second' },
      { on: 'second', call: 'deposit', args: [4] },
      { call: 'total', args: [[{ $handle: 'first' }, { $handle: 'second' }]], returns: 7 },
    ],
  },
];

const typed = account.javascript
  .replace('constructor(owner)', 'owner: string;\n  constructor(owner: string)')
  .replaceAll('amount) {', 'amount: number) {')
  .replace('opened(owner,', 'opened(owner: string,')
  .replace('(accounts)', '(accounts: Account[])');

describe('steps of a case', () => {
  it.each([
    ['python', account.python, 'ValueError', 'self.amount += amount', 'self.amount = amount'],
    ['javascript', account.javascript, 'RangeError', 'this.#amount += amount', 'this.#amount = amount'],
    ['typescript', typed, 'RangeError', 'this.#amount += amount', 'this.#amount = amount'],
  ])('make instances in %s, call them and read them', async (language, source, error, right, wrong) => {
    const spec = { entry: 'Account', cases: accountCases(error) };
    expect(await outcome(language, source, spec)).toBe('passed');
    expect(await outcome(language, source.replace(right, wrong), spec)).toBe('tests fail: wrong-value');
  });

  it('tell the step that went wrong, and what was asked', async () => {
    const cases = accountCases('ValueError');
    const verdict = await judge(
      'python',
      account.python.replace('"too little"', '"x"').replace('<= 0', '< -9'),
      {
        cases,
      },
    );
    expect(verdict.checks.at(-1)).toMatchObject({
      passedCount: 1,
      totalCount: 2,
      evidence: { case: 'of one', step: 4, on: 'first', call: 'deposit', args: [-1], got: 9 },
    });
  });

  const squares = {
    python: 'def squares():\n    n = 0\n    while True:\n        yield n * n\n        n += 1',
    javascript: 'export function* squares() { for (let n = 0; ; n += 1) yield n * n; }',
  };
  it.each(Object.entries(squares))(
    'take items of a generator without end in %s',
    async (language, source) => {
      const cases = [
        { call: 'squares', args: [], take: 4, returns: [0, 1, 4, 9] },
        {
          steps: [
            { call: 'squares', as: 'all', take: 2, returns: [0, 1] },
            { on: 'all', take: 2, returns: [4, 9] },
          ],
        },
      ];
      expect(await outcome(language, source, { cases })).toBe('passed');
      expect(await outcome(language, source.replace('n * n', 'n'), { cases })).toBe(
        'tests fail: wrong-value',
      );
    },
  );

  it.each([
    [
      'python',
      `
import asyncio

class Box:
    def __init__(self):
        self.queue = asyncio.Queue()

    async def put(self, item):
        await self.queue.put(item)

    async def get(self):
        await asyncio.sleep(0)
        return await self.queue.get()

    async def all(self):
        while not self.queue.empty():
            yield await self.queue.get()
`,
    ],
    [
      'javascript',
      `
export class Box {
  items = [];
  async put(item) { this.items.push(item); }
  async get() { await new Promise((resolve) => setTimeout(resolve, 1)); return this.items.shift(); }
  async *all() { while (this.items.length > 0) yield this.items.shift(); }
}
`,
    ],
  ])('wait for what is asynchronous in %s', async (language, source) => {
    const cases = [
      {
        steps: [
          { new: 'Box', as: 'box' },
          ...[1, 2, 3].map((item) => ({ on: 'box', call: 'put', args: [item] })),
          { on: 'box', call: 'get', returns: 1 },
          { on: 'box', call: 'all', take: 5, returns: [2, 3] },
        ],
      },
    ];
    expect(await outcome(language, source, { cases })).toBe('passed');
  });
});

describe('helpers', () => {
  const sources = {
    python: `
def apply(function, items):
    return [function(item) for item in items]

async def settle(function, item):
    return await function(item)

class Emitter:
    def __init__(self):
        self.listeners = []
    def on(self, listener):
        self.listeners.append(listener)
    def emit(self, event):
        for listener in self.listeners:
            listener(event)
`,
    javascript: `
export const apply = (action, items) => items.map((item) => action(item));
export const settle = async (action, item) => (await action(item));
export class Emitter {
  listeners = [];
  on(listener) { this.listeners.push(listener); }
  emit(event) { this.listeners.forEach((listener) => { listener(event); }); }
}
`,
  };
  const helpers = {
    python: `
def half(n):
    if n % 2:
        raise ValueError("odd")
    return n // 2

async def later(n):
    return n + 1

def heard(event):
    pass
`,
    javascript: `
function half(n) { if (n % 2) throw new RangeError('odd'); return n / 2; }
async function later(n) { return n + 1; }
const heard = () => null;
`,
  };
  const cases = (error: string) => [
    {
      call: 'apply',
      args: [{ $helper: 'half' }, [2, 4]],
      returns: [1, 2],
      helperCalls: [
        ['half', 2],
        ['half', 4],
      ],
    },
    { call: 'apply', args: [{ $helper: 'half' }, [2, 3, 4]], raises: error },
    { call: 'settle', args: [{ $asyncHelper: 'later' }, 1], returns: 2 },
    {
      steps: [
        { new: 'Emitter', as: 'emitter' },
        { on: 'emitter', call: 'on', args: [{ $helper: 'heard' }], helperCalls: [] },
        { on: 'emitter', call: 'emit', args: [{ a: 1 }], helperCalls: [['heard', { a: 1 }]] },
      ],
    },
  ];

  it.each([
    ['python', 'ValueError', '[function(item)', '[item'],
    ['javascript', 'RangeError', '=> action(item)', '=> item'],
  ] as const)('are called back out of %s', async (language, error, right, wrong) => {
    const spec = { helpers: helpers[language], cases: cases(error) };
    expect(await outcome(language, sources[language], spec)).toBe('passed');
    const other = await outcome(language, sources[language].replace(right, wrong), spec);
    expect(other).toBe('tests fail: wrong-value, no-exception');
    const twice = sources[language].replace('listener(event)', 'listener(event); listener(event)');
    expect(await outcome(language, twice, spec)).toBe('tests fail: wrong-helper-calls');
  });

  it('that break by themselves are the fault of the task', async () => {
    const plain = { cases: [{ args: [{ $helper: 'g' }], returns: 1 }] };
    const broken = await outcome('python', 'def f(g):\n    return g()', { ...plain, helpers: 'def g(:' });
    expect(broken).toMatch(/^no verdict: HELPERS_BROKEN .*SyntaxError/);
    const other = await outcome('javascript', 'export const f = (g) => g();', {
      ...plain,
      helpers: 'const g = ;',
    });
    expect(other).toMatch(/^no verdict: HELPERS_BROKEN .*SyntaxError/);
  });

  it('that run without end on what they get fail the candidate', async () => {
    const spec = {
      helpers: 'def g(n):\n    while n: pass\n    return n',
      cases: [{ args: [{ $helper: 'g' }], returns: 0 }],
      limits: { cpuSeconds: 0.5 },
    };
    expect(await outcome('python', 'def f(g):\n    return g(0)', spec)).toBe('passed');
    expect(await outcome('python', 'def f(g):\n    return g(1)', spec)).toBe('tests fail: helper-cpu-limit');
  });
});

describe('a hostile object', () => {
  const steps = (...more: object[]) => ({
    cases: [{ steps: [{ new: 'Thing', as: 'thing' }, ...more] }],
    limits: { cpuSeconds: 0.5 },
  });
  const read = steps({ on: 'thing', get: 'value', returns: 7 });
  const taken = steps({ on: 'thing', call: 'items', take: 3, returns: [1, 2, 3] });
  const called = { helpers: 'def g(n):\n    return 1', cases: [{ args: [{ $helper: 'g' }], returns: 1 }] };
  /** A million times in JavaScript: helpers.long.ts. */
  const calledBack = { helpers: 'const g = () => 1;', cases: [{ args: [{ $helper: 'g' }], returns: 1 }] };

  it.each<[string, string, string, Spec, string | RegExp]>([
    [
      'that equals everything',
      'python',
      'class Thing:\n    @property\n    def value(self):\n        return self\n    def __eq__(self, other):\n        return True\n    __hash__ = None',
      read,
      'tests fail: unserialisable',
    ],
    [
      'whose property raises',
      'python',
      'class Thing:\n    @property\n    def value(self):\n        raise KeyError(7)',
      read,
      'tests fail: exception',
    ],
    [
      'whose property runs without end',
      'python',
      'class Thing:\n    @property\n    def value(self):\n        while True: pass',
      read,
      'tests fail: cpu-limit',
    ],
    [
      'whose property ends the process',
      'python',
      'import os\nclass Thing:\n    @property\n    def value(self):\n        os._exit(0)',
      read,
      'tests fail: exit',
    ],
    [
      'that writes a handle for a value',
      'python',
      'class Thing:\n    value = {"$handle": "thing"}',
      read,
      'tests fail: wrong-value',
    ],
    [
      'that iterates without end within an item',
      'python',
      'class Thing:\n    def items(self):\n        while True:\n            pass\n        yield 1',
      taken,
      'tests fail: cpu-limit',
    ],
    [
      'with a list of its own making',
      'python',
      'class Mine(list):\n    def __iter__(self):\n        return iter([1, 2, 3])\n    def __eq__(self, other):\n        return True\nclass Thing:\n    def items(self):\n        return [Mine()]',
      taken,
      'tests fail: wrong-value',
    ],
    [
      'that awaits what never comes',
      'python',
      'import asyncio\nclass Thing:\n    async def items(self):\n        await asyncio.Event().wait()',
      taken,
      'tests fail: wall-limit',
    ],
    [
      'that forges a line of the driver',
      'python',
      'import os\nclass Thing:\n    @property\n    def value(self):\n        os.write(3, b\'{"id":1,"returned":7}\\n\')\n        return 8',
      read,
      /^tests fail: (protocol|exit)$/,
    ],
    [
      'that calls a helper a million times',
      'python',
      'def f(g):\n    for n in range(1000000):\n        g(n)\n    return 1',
      { ...called, limits: { cpuSeconds: 20 } },
      'tests fail: helper-calls',
    ],
    [
      'that calls a helper which there is not',
      'python',
      'import os\ndef f(g):\n    os.write(3, b\'{"helper":"__import__","args":["os"],"kwargs":{}}\\n\')\n    return os.read(3, 99).decode()',
      called,
      'tests fail: wrong-value',
    ],
    [
      'that hands a helper itself',
      'python',
      'class Thing:\n    def __eq__(self, other):\n        return True\ndef f(g):\n    return g(Thing())',
      called,
      'tests fail: exception',
    ],
    [
      'that writes nonsense for a call',
      'python',
      'import os\ndef f(g):\n    os.write(3, b"\\xff\\xfe{\\n")\n    return 1',
      called,
      'tests fail: protocol',
    ],
    [
      'that says that all has ended',
      'python',
      'import os\ndef f(g):\n    os.write(3, b\'{"gone":true}\\n\')\n    return 1',
      called,
      'tests fail: protocol',
    ],
    [
      'that equals everything',
      'javascript',
      'export class Thing { value = { valueOf: () => 7, toString: () => "7", toJSON: () => 7 }; }',
      read,
      'tests fail: unserialisable',
    ],
    [
      'behind a Proxy',
      'javascript',
      'export class Thing { value = new Proxy({}, { get: () => 7 }); }',
      read,
      'tests fail: unserialisable',
    ],
    [
      'whose getter raises',
      'javascript',
      'export class Thing { get value() { throw 7; } }',
      read,
      'tests fail: exception',
    ],
    [
      'whose getter runs without end',
      'javascript',
      'export class Thing { get value() { for (;;); } }',
      read,
      'tests fail: cpu-limit',
    ],
    [
      'with an iterator that never comes to an item',
      'javascript',
      'export class Thing { items() { return { [Symbol.iterator]() { return this; }, next() { for (;;); } }; } }',
      taken,
      'tests fail: cpu-limit',
    ],
    [
      'with a promise that never settles',
      'javascript',
      'export class Thing { items() { return new Promise(() => {}); } }',
      taken,
      'tests fail: exit',
    ],
    [
      'with a promise that never settles while a timer ticks',
      'javascript',
      'export class Thing { items() { setInterval(() => {}, 50); return new Promise(() => {}); } }',
      taken,
      'tests fail: wall-limit',
    ],
    [
      'that has a "then"',
      'javascript',
      'export class Thing { get value() { return { then(settle) { settle(7); } }; } }',
      read,
      'tests fail: unserialisable',
    ],
    [
      'that patches what the driver uses',
      'javascript',
      'Array.isArray = () => true; JSON.parse = () => ({ returned: 1 }); Reflect.apply = () => 1; Map.prototype.get = () => 1;\nexport const f = (g) => 2;',
      calledBack,
      'tests fail: wrong-value',
    ],
  ])('%s is rejected in %s', { timeout: 120_000 }, async (_, language, source, spec, expected) => {
    expect(await outcome(language, source, spec)).toMatch(expected);
  });
});
