import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVerifierSandbox } from '../../../../verifiers/open.ts';
import type { SandboxHost } from '../../../../verifiers/sandbox/index.ts';
import { verify } from '../../../../verifiers/verify.ts';
import { codeTask } from '../code-task.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(() => sandbox?.close());

type Task = ReturnType<typeof codeTask>;

const python = codeTask(
  { mode: 'properties', args: [{ list: { int: [-50, 50] }, length: [0, 12] }], count: 60, argsAfter: true },
  {
    reference:
      'def f(numbers):\n    if not numbers:\n        raise ValueError("empty")\n    return max(numbers)',
  },
);
const javascript = codeTask(
  {
    language: 'javascript',
    mode: 'properties',
    let: { text: { text: 'ab ', length: [0, 10] } },
    args: [{ use: 'text' }, { int: [0, { of: 'text' }] }],
  },
  { reference: 'export const f = (text, at) => text.slice(at) + text.slice(0, at);' },
);

async function judged(task: Task, candidate: string, seed = 0) {
  const { checks, ...verdict } = await verify(task, candidate, { sandbox, seed });
  const tests = checks.at(-1);
  return { ...verdict, tests };
}

describe('verify, for properties', () => {
  it.each([
    ['Python', python, 'def f(numbers):\n    return sorted(numbers)[-1] if numbers else int("no")'],
    [
      'JavaScript',
      javascript,
      'function f(t, n) { return [...t].map((_, i) => t[(i + n) % t.length]).join(""); }',
    ],
  ])('passes a candidate in %s that does as the reference on all inputs', async (_name, task, candidate) => {
    const { tests, ...verdict } = await judged(task, candidate);
    expect({ ...verdict, tests }).toMatchObject({
      status: 'scored',
      reward: 1,
      isolation: 'split',
      tests: { outcome: 'pass', passedCount: tests?.totalCount },
    });
  });

  it('shows the simplest input that it found to fail, what was drawn and the seed', async () => {
    const wrong =
      'def f(numbers):\n    if not numbers:\n        raise ValueError()\n    return min(max(numbers), 20)';
    const { tests } = await judged(python, wrong, 3);
    expect(tests).toMatchObject({
      outcome: 'fail',
      totalCount: 60,
      evidence: { seed: 3, got: 20, call: 'f' },
    });
    expect(tests?.evidence).toMatchObject({ args: [[expect.toSatisfy((one: number) => one > 20)]] });
  });

  it('draws other inputs for another seed, and the same for the same', async () => {
    const wrong = 'def f(numbers):\n    return len(numbers)';
    const drawn = async (seed: number) => (await judged(python, wrong, seed)).tests?.diagnostics;
    const [first, again, other] = [await drawn(1), await drawn(1), await drawn(2)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it.each([
    ['another exception', 'def f(numbers):\n    return max(numbers) if numbers else [][0]', 'exception'],
    ['no exception', 'def f(numbers):\n    return max(numbers, default=0)', 'no-exception'],
    [
      'changed arguments',
      'def f(numbers):\n    numbers.sort()\n    return numbers[-1] if numbers else int("")',
      'wrong-arguments',
    ],
    ['a crash', 'import os\ndef f(numbers):\n    os._exit(0)', 'exit'],
    ['no function', 'def g(numbers):\n    pass', 'undefined'],
    ['code that does not load', 'raise KeyError("a")', 'load'],
    ['code that does not compile', 'def f(:', 'compile'],
  ])('fails a candidate for %s', async (_name, candidate, code) => {
    const { tests, ...verdict } = await judged(python, candidate);
    expect(verdict).toMatchObject({ status: 'scored', reward: 0 });
    if (tests?.outcome === 'fail') expect(tests.diagnostics.map((one) => one.code)).toContain(code);
  });

  it('gives a share of the reward where the task says so', async () => {
    const task = codeTask({ ...python.verify, scoring: 'fraction' }, { reference: python.reference });
    const verdict = await judged(task, 'def f(numbers):\n    return max(numbers)\n');
    expect(verdict).toMatchObject({ status: 'scored', passed: true, reward: 1 });
    const half = await judged(task, 'def f(numbers):\n    return numbers[-1]\n');
    expect(half).toMatchObject({ status: 'scored', passed: false });
    if (half.status === 'scored') expect(half.reward).toBeGreaterThan(0);
  });

  it.each([
    ['does not compile', 'def f(:'],
    ['lacks the function', 'g = 1'],
    ['ends', 'import os\ndef f(numbers):\n    os._exit(0)'],
    ['returns no data', 'def f(numbers):\n    return f'],
  ])('blames the task when its reference %s', async (_name, reference) => {
    const task = codeTask({ ...python.verify }, { reference });
    const verdict = await judged(task, 'def f(numbers):\n    return 1');
    expect(verdict).toMatchObject({
      status: 'no-verdict',
      error: { blame: 'task', code: 'TASK_REFERENCE_FAILED' },
    });
  });

  it('leaves nothing of the reference where a candidate can look', async () => {
    const search = `import gc, glob, os, sys
def f(numbers):
    seen = [open(p, errors='ignore').read() for p in glob.glob('/work/**', recursive=True) + glob.glob('/tmp/**', recursive=True) + glob.glob('/proc/*/environ') if os.path.isfile(p)]
    texts = seen + [str(sys.argv)] + [o for o in gc.get_objects() if isinstance(o, str)]
    if any('max(' + 'numbers)' in t for t in texts):
        return max(numbers)
    return None`;
    expect(await judged(python, search)).toMatchObject({ status: 'scored', reward: 0 });
  });

  it('never gives the reference to the host that runs candidates in isolates', async () => {
    const asked: string[] = [];
    const watched = {
      ...sandbox,
      ask: (service: string, question: string, ...rest: [number]) => {
        if (service === 'isolates') asked.push(question);
        return sandbox.ask(service, question, ...rest);
      },
    };
    await verify(javascript, 'function f(t, n) { return t; }', { sandbox: watched });
    expect(asked.filter((question) => question.includes('text.slice'))).toEqual([]);
  });
});

describe('a generator of a task', () => {
  const generator = `
def generate(random):
    size = random.randint(1, 6)
    items = sorted(random.sample(range(100), size))
    return [items, random.choice(items)]
`;
  const reference = 'def f(items, item):\n    return items.index(item)';
  const task = (more: object = {}) =>
    codeTask({ mode: 'properties', generator, count: 80, ...more }, { reference });

  it('draws what forms could not, the same for the same seed', async () => {
    const right = 'import bisect\ndef f(items, item):\n    return bisect.bisect_left(items, item)';
    expect(await judged(task(), right)).toMatchObject({ reward: 1, tests: { totalCount: 80 } });
    const wrong = 'def f(items, item):\n    return min(items.index(item), 3)';
    const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => judged(task(), wrong, seed)));
    expect(first).toMatchObject({ reward: 0, tests: { evidence: { seed: 1, got: 3 } } });
    expect(again?.tests).toEqual(first?.tests);
    expect(other?.tests?.evidence).not.toEqual(first?.tests?.evidence);
  });

  it('is asked for simpler inputs that fail too', async () => {
    const wrong = 'def f(items, item):\n    return min(items.index(item), 0)';
    const { tests } = await judged(task(), wrong, 4);
    const evidence = tests?.evidence as { args: [number[], number] };
    expect(evidence.args[0]).toHaveLength(2);
  });

  it('gives inputs to candidates in JavaScript too', async () => {
    const own = codeTask(
      { language: 'javascript', mode: 'properties', generator, count: 20 },
      { reference: 'export const f = (items, item) => items.indexOf(item);' },
    );
    const right = 'function f(items, item) { return items.findIndex((one) => one === item); }';
    expect(await judged(own, right)).toMatchObject({ reward: 1 });
    expect(await judged(own, 'function f() { return 0; }')).toMatchObject({ reward: 0 });
  });

  it.each([
    ['does not compile', 'def generate(', /SyntaxError/],
    ['is not there', 'def draw(random): return []', /KeyError/],
    ['raises', 'def generate(random): return [1 // random.choice([0])]', /ZeroDivisionError/],
    ['gives no list', 'def generate(random): return 1', /not the list of arguments/],
    ['never ends', 'def generate(random):\n    while True: random.random()', /takes more than 20000/],
    ['never ends in itself', 'def generate(random):\n    while True: pass', /CPU time/],
    ['ends its process', 'import os\ndef generate(random): os._exit(0)', /exited with code 0/],
  ])('is to blame when it %s', { timeout: 120_000 }, async (_, broken, message) => {
    const verdict = await verify(task({ generator: broken, count: 3 }), reference, { sandbox });
    expect(verdict).toMatchObject({
      status: 'no-verdict',
      error: { blame: 'task', code: 'TASK_GENERATOR_FAILED', message: expect.stringMatching(message) },
    });
  });

  it('may go round in circles where nothing is drawn at random', async () => {
    const other =
      'def generate(random):\n    a = b = 0\n    while a == b: a, b = random.random(), random.random()\n    return [[a], a]';
    expect(await judged(task({ generator: other, count: 3 }), reference)).toMatchObject({ reward: 1 });
  });
});
