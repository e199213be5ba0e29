import { describe, expect, it } from 'vitest';
import { counted } from '../../../../verifiers/code/beside/counted.ts';
import { readJunit } from '../../../../verifiers/code/beside/junit.ts';
import { readTap } from '../../../../verifiers/code/beside/tap.ts';

/** `name: outcome` of each test. */
const told = (tests: { name: string; outcome: string }[]) =>
  tests.map(({ name, outcome }) => `${name}: ${outcome}`);

describe('a TAP report', () => {
  it('tells of each test by its name', () => {
    const text =
      '1..4\nok 1 - adds\nnot ok 2 adds more\nok 3 - later # SKIP no time\nnot ok 4 - some day # TODO\n';
    expect(told(readTap(text))).toEqual([
      'adds: passed',
      'adds more: failed',
      'later: skipped',
      'some day: skipped',
    ]);
  });

  it('names a test within another by both', () => {
    const text = `TAP version 13
# Subtest: outer
    # Subtest: first
    ok 1 - first
    # Subtest: second
    not ok 2 - second
    1..2
not ok 1 - outer
# Subtest: alone
ok 2 - alone
1..2`;
    expect(told(readTap(text))).toEqual(['outer > first: passed', 'outer > second: failed', 'alone: passed']);
  });

  it('tells of an outer test that fails though all within it pass', () => {
    const text = '# Subtest: outer\n    # Subtest: inner\n    ok 1 - inner\nnot ok 1 - outer\n';
    expect(told(readTap(text))).toEqual(['outer > inner: passed', 'outer: failed']);
  });

  it('fails where it bails out, and reads signs that were escaped', () => {
    expect(told(readTap('ok 1 - a \\# b\nBail out! no disk\n'))).toEqual([
      'a # b: passed',
      'bail out: failed',
    ]);
  });
});

describe('a report that a candidate made', () => {
  const long = (text: string) => text.repeat((1 << 20) / text.length);

  it.each(['<testcase ', '<testcase>', '<testcase name="', '<testcase a', '<testcase a="b"', '&', "'"])(
    'holds up nobody with a great many of %j',
    (text) => {
      expect(readJunit(long(text))).toEqual([]);
      expect(readJunit(`<testcase ${long('a')} name="x"/>`)).toEqual([{ name: 'x', outcome: 'passed' }]);
    },
  );

  it.each([' ', '#', '# ', 'ok', 'not ', '    '])('holds up nobody with a line of %j in TAP', (text) => {
    expect(readTap(long(text)).length).toBeLessThan(2);
  });

  it('adds at most a few names to those that the task lists', () => {
    const results = readTap('ok 1 - mine\n'.concat(long('ok 2 - other\n')));
    const mine = results.slice(0, 1).map(({ name }) => ({ name, passed: true as const }));
    const others = results.slice(1).map(({ name }) => ({ name, passed: true as const }));
    expect(counted(['mine'], [...mine, ...others])).toHaveLength(21);
  });
});

describe('a JUnit report', () => {
  it('tells of each test case', () => {
    const text = `<?xml version="1.0"?><testsuites><testsuite tests="4">
<testcase classname="tests.test_a" name="test_one" time="0.1"/>
<testcase name='test "two"' classname="tests.test_a"><failure message="a &lt; b">assert 1 == 2</failure></testcase>
<testcase classname="c" name="three"><skipped/></testcase>
<testcase classname="c" name="x &gt; &#65;"><system-out>error</system-out></testcase>
<testcase classname="c" name="five"><error>boom</error></testcase>
</testsuite></testsuites>`;
    expect(told(readJunit(text))).toEqual([
      'tests.test_a.test_one: passed',
      'tests.test_a.test "two": failed',
      'c.three: skipped',
      'c.x > A: passed',
      'c.five: failed',
    ]);
  });
});
