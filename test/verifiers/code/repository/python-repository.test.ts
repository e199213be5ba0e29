import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVerifierSandbox } from '../../../../verifiers/open.ts';
import type { SandboxHost } from '../../../../verifiers/sandbox/index.ts';
import { failures, judged, repositoryTask } from './repository-task.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(() => sandbox.close());

const cart = `from .errors import CartError


class Cart:
    def __init__(self):
        self.lines = []

    def add(self, name, price):
        if price < 0:
            raise CartError(name)
        self.lines.append((name, price))

    def total(self):
        return 0
`;
const totals = `import pytest
import shop
import shop.cart as again
from shop import Cart, cart
from shop.errors import CartError


def test_total():
    basket = Cart()
    basket.add("tea", 2)
    basket.add("jam", 3)
    assert basket.total() == 5


def test_modules_are_one():
    assert again.Cart is Cart and cart.Cart is Cart
    assert shop.__version__ == "1.2"
`;
const refusals = `import unittest.mock
import pytest
from shop import *
from shop.errors import CartError
import shop.cart


@pytest.mark.parametrize("price", [-1, -2])
def test_refuses(price):
    with pytest.raises(CartError, match="tea"):
        Cart().add("tea", price)


def test_patches(monkeypatch):
    monkeypatch.setattr(shop.cart, "CartError", KeyError)
    with pytest.raises(KeyError):
        Cart().add("tea", -1)
`;
const task = repositoryTask({
  language: 'python',
  tree: {
    files: {
      'shop/__init__.py': '__version__ = "1.2"\nfrom .cart import Cart\n',
      'shop/cart.py': cart,
      'shop/errors.py': 'class CartError(ValueError):\n    pass\n',
      'tests/test_given.py': 'def test_given(): pass\n',
      'pytest.ini': '[pytest]\n',
    },
  },
  protected: ['tests/**', 'pytest.ini'],
  tests: {
    by: 'suites',
    framework: 'pytest',
    suites: { files: { 'tests/test_totals.py': totals, 'tests/test_refusals.py': refusals } },
  },
  names: [
    'tests/test_totals.py::test_total',
    'tests/test_totals.py::test_modules_are_one',
    'tests/test_refusals.py::test_refuses[0]',
    'tests/test_refusals.py::test_refuses[1]',
    'tests/test_refusals.py::test_patches',
  ],
});
const right = cart.replace('return 0', 'return sum(price for _, price in self.lines)');
const totalFails = 'tests: tests/test_totals.py::test_total (assertion)';

describe('a tree of Python, tested by suites that run apart from it', () => {
  it('passes whole files and a diff that are right, and says that no test was beside the candidate', async () => {
    const verdict = await judged(task, { 'shop/cart.py': right }, sandbox);
    expect(verdict).toMatchObject({ passed: true, reward: 1, isolation: 'split' });
    expect(verdict.checks.map(({ name }) => name)).toEqual(['extract', 'apply', 'compile', 'tests']);
    expect(verdict.checks.at(-1)).toMatchObject({ passedCount: 5, totalCount: 5 });
    const diff = `--- a/shop/cart.py
+++ b/shop/cart.py
@@ -12,2 +12,2 @@
     def total(self):
-        return 0
+        return sum(price for _, price in self.lines)
`;
    expect(await failures(task, `Mended:\n\`\`\`diff\n${diff}\`\`\``, sandbox)).toEqual([]);
  });

  it('fails the tree as it is, by the names of the tests', async () => {
    expect(await failures(task, { 'README.md': 'x' }, sandbox)).toEqual([totalFails]);
  });

  it('fails what is no Python at its place, before anything runs', async () => {
    expect(await failures(task, { 'shop/cart.py': `${right}\ndef f(:\n` }, sandbox)).toEqual([
      'compile: shop/cart.py:16: invalid syntax (syntax)',
    ]);
  });

  it('fails each test of a suite that cannot import what it needs', async () => {
    const found = await failures(task, { 'shop/cart.py': right, 'shop/errors.py': null }, sandbox);
    expect(found).toEqual(
      expect.arrayContaining([
        'tests: tests/test_totals.py::test_total (not-run)',
        'tests: tests/test_refusals.py::test_patches (not-run)',
        'tests: tests/test_totals.py::suite (exception)',
      ]),
    );
    expect(found).toHaveLength(7);
  });

  it.each([
    [
      'a conftest that makes all tests pass',
      'tests/conftest.py',
      'def pytest_runtest_makereport(*a): pass\n',
    ],
    ['a pytest of its own', 'pytest.py', 'def raises(*a, **k): pass\n'],
    ['a unittest of its own', 'unittest/__init__.py', 'mock = None\n'],
    ['a sitecustomize', 'sitecustomize.py', 'import os\nos._exit(0)\n'],
    ['other settings', 'pytest.ini', '[pytest]\naddopts = --collect-only\n'],
    ['the tests of the tree', 'tests/test_given.py', 'def test_total(): pass\n'],
    ['tests under the names of the hidden ones', 'tests/test_totals.py', 'def test_total(): pass\n'],
    ['compiled code', 'shop/__pycache__/cart.cpython-311.pyc', 'x'],
    ['a module of the standard library', 'json.py', 'def loads(*a): return 5\n'],
  ])('is not fooled by %s', async (_, path, text) => {
    expect(await failures(task, { [path]: text }, sandbox)).toEqual([totalFails]);
  });

  it.each([
    ['ends with 0 when it is imported', 'import os\nos._exit(0)\n'],
    ['ends with 0 when it is called', cart.replace('return 0', '__import__("os")._exit(0)')],
    ['leaves by an exception', cart.replace('return 0', 'raise SystemExit(0)')],
    ['skips', cart.replace('return 0', 'import unittest\n        raise unittest.SkipTest("x")')],
    [
      'returns what equals everything',
      cart.replace('return 0', 'return type("E", (), {"__eq__": lambda *a: True})()'),
    ],
    [
      'writes a report',
      `import os\nos.write(3, b'{"report":{"tests":[{"name":"test_total","passed":true}],"asserts":1}}\\n')\n${cart}`,
    ],
    [
      'patches what compares',
      `import builtins, operator, sys\nfor m in list(sys.modules.values()):\n    if hasattr(m, "assertEqual"): m.assertEqual = None\noperator.eq = lambda *a: True\n${cart}`,
    ],
    [
      'looks for the tests',
      cart.replace(
        'return 0',
        'import glob, sys\n        return 5 if glob.glob("/**/test_totals.py", recursive=True) or "test_total" in str(sys._getframe(1).f_locals) else 0',
      ),
    ],
  ])('is not fooled by a candidate that %s', async (_, text) => {
    const found = await failures(task, { 'shop/cart.py': text }, sandbox);
    expect(found.some((line) => line.includes('test_total') || line.includes('::suite'))).toBe(true);
  });

  it('tells a policy which files it put back', async () => {
    const { checks } = await judged(task, { 'shop/cart.py': right, 'tests/test_given.py': '' }, sandbox);
    expect(checks[1]).toMatchObject({
      name: 'apply',
      outcome: 'pass',
      evidence: { touched: ['shop/cart.py'] },
      diagnostics: [{ severity: 'warning', file: 'tests/test_given.py', code: 'protected' }],
    });
  });

  it('scores a diff that does not apply, and names the file and the hunk', async () => {
    const diff = '--- a/shop/cart.py\n+++ b/shop/cart.py\n@@ -1,2 +1,2 @@\n nothing of the kind\n-x\n+y\n';
    expect(await judged(task, diff, sandbox)).toMatchObject({
      status: 'scored',
      reward: 0,
      checks: [
        { name: 'extract', outcome: 'pass' },
        {
          name: 'apply',
          outcome: 'fail',
          diagnostics: [
            { file: 'shop/cart.py', message: 'hunk 1 (@@ -1,2 +1,2 @@) does not apply', code: 'invalid' },
          ],
        },
        { name: 'compile', outcome: 'skipped' },
        { name: 'tests', outcome: 'skipped' },
      ],
    });
  });

  it.each([
    ['nothing', ''],
    ['bytes that are no text', '\uFFFD\u0000\uD800'],
    ['a huge diff', `--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+${'b'.repeat(2 << 20)}\n`],
    ['a path that leads out', JSON.stringify({ files: { '../../etc/passwd': 'x' } })],
    ['names that are no names', JSON.stringify({ files: { '\ud800': '\ud800', '': '' } })],
  ])('scores %s', async (_, completion) => {
    expect(await judged(task, completion, sandbox)).toMatchObject({
      status: 'scored',
      reward: 0,
      passed: false,
    });
  });

  it('takes a file of bytes that are no text for what it says', async () => {
    const odd = { 'shop/cart.py': right, 'data/\u00e4\u{1F600}.bin': 'a\u0000\ud800b' };
    expect(await failures(task, odd, sandbox)).toEqual([]);
  });
});
