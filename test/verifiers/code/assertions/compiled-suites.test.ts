import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cacheFolder } from '../../../../verifiers/cache-folder.ts';
import { openVerifierSandbox } from '../../../../verifiers/open.ts';
import type { Job, Sandbox } from '../../../../verifiers/sandbox/index.ts';
import { openPrepared, preparingMs, type Suite, suiteJudge } from './suite-judge.ts';

/** Of each language a suite of two assertions, and candidates. `*-suites.long.ts` beside this have more of each. */
const languages: Record<string, Suite & { right: string; wrong: string; exits: string; fails: RegExp }> = {
  cpp: {
    headers: ['int twice(int number) {'],
    text: '#include <cassert>\nint main() {\n  assert(twice(2) == 4);\n  assert(twice(-3) == -6);\n}\n',
    right: 'int twice(int n) { return 2 * n; }',
    wrong: 'int twice(int n) { return n * n; }',
    exits:
      '#include <cstdlib>\n__attribute__((constructor)) void before() { _Exit(0); }\nint twice(int) { return 0; }',
    fails: /^main: assertion: AssertionError: twice\(-3\) == -6 \(4\)$/,
  },
  go: {
    framework: 'go-test',
    headers: ['func twice(number int) int {'],
    text: `package solution_test

import "testing"

func TestTwice(t *testing.T) {
	if twice(2) != 4 || twice(-3) != -6 {
		t.Error("wrong")
	}
}
`,
    right: 'package solution\n\nimport "testing"\n\nfunc twice(n int) int { return 2 * n }',
    wrong: 'package main\n\nfunc twice(n int) int { return n * n }',
    exits: 'package main\n\nimport "os"\n\nfunc init() { os.Exit(0) }\n\nfunc twice(n int) int { return 0 }',
    fails: /^TestTwice: assertion: Failed$/,
  },
  java: {
    headers: ['static long twice(long number) {'],
    text: `class Tests {
  public static void main(String[] words) {
    assert Solution.twice(2) == 4;
    assert Solution.twice(-3) == -6;
  }
}
`,
    right: 'class Solution { static long twice(long n) { return 2 * n; } }',
    wrong: 'class Solution { static long twice(long n) { return n * n; } }',
    exits: 'class Solution { static { System.exit(0); } static long twice(long n) { return 0; } }',
    fails: /^main: assertion: AssertionError: null \(4\)$/,
  },
  rust: {
    headers: ['fn twice(number: i32) -> i32 {'],
    text: 'fn main() {\n    assert_eq!(twice(2), 4);\n    assert_eq!(twice(-3), -6);\n}\n',
    right: 'fn twice(n: i32) -> i32 { 2 * n }',
    wrong: 'fn twice(n: i32) -> i32 { n * n }',
    exits: 'fn twice(_: i32) -> i32 { std::process::exit(0) }',
    fails: /^main: assertion: AssertionError: assertion [\s\S]*\(3\)$/,
  },
};

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openPrepared(...Object.keys(languages));
}, preparingMs);
afterAll(() => sandbox?.close());

describe.each(Object.keys(languages))('a suite in %s, run apart from the candidate', (language) => {
  it('passes what is right and fails what is wrong or ends early', { timeout: 240_000 }, async () => {
    const { right, wrong, exits, fails, ...suite } = languages[language] ?? expect.fail(language);
    const judged = suiteJudge(language, () => sandbox);
    expect(await judged(right, suite)).toBe('');
    expect(await judged(wrong, suite)).toMatch(fails);
    expect(await judged(exits, suite)).toMatch(/^(suite|main|TestTwice): exit/);
  });
});

/** All that a job holds, the bytes of its files too. */
function textOf({ files = [], ...rest }: Omit<Job, 'partner'>): string {
  const contents = files.map(({ content }) => Buffer.from(content).toString('latin1'));
  return [JSON.stringify(rest), ...contents].join('\n');
}

describe('a compiled suite', () => {
  it('shares no job with a candidate', { timeout: 240_000 }, async () => {
    const sides: string[] = [];
    const recording: Sandbox = {
      level: sandbox.level,
      run: (job, options) => {
        const { partner, ...rest } = job;
        sides.push(textOf(rest), ...(partner ? [textOf(partner)] : []));
        return sandbox.run(job, options);
      },
      ask: (...all) => sandbox.ask(...all),
      close: async () => {},
    };
    const judged = suiteJudge('cpp', () => recording);
    const [expected, given] = ['expected-5d1f', 'candidate-8ab2'];
    // A compiler leaves such a text in one piece.
    const word = (letters: string) => `const char *volatile word = "${letters}";`;
    const text = `#include <cassert>\n${word(expected)}\nint main() { assert(name(1) == word); }\n`;
    const candidate = `#include <string>\n${word(given)}\nstd::string name(int) { return word; }`;
    expect(await judged(candidate, { headers: ['std::string name(int)'], text })).toMatch(/^main: assertion/);
    const holding = (letters: string) => sides.filter((side) => side.includes(letters));
    expect(holding(given)).toHaveLength(2);
    // One more where it was not compiled before.
    expect(holding(expected).length).toBeGreaterThan(0);
    expect(holding(expected).filter((side) => side.includes(given))).toEqual([]);
  });

  it('is judged the same where each job starts a sandbox of its own', { timeout: 240_000 }, async () => {
    const slow = await openVerifierSandbox({ slots: 1, kind: 'process' });
    try {
      const { right, wrong, exits: _, fails, ...suite } = languages.rust ?? expect.fail();
      const judged = suiteJudge('rust', () => slow);
      expect(await judged(wrong, suite)).toMatch(fails);
      expect(await judged(right, suite)).toBe('');
    } finally {
      await slow.close();
    }
  });

  it('is compiled once, and kept where no sandbox can see it', { timeout: 240_000 }, async () => {
    const judged = suiteJudge('cpp', () => sandbox);
    const before = process.env.ASSAY_CACHE;
    const folder = mkdtempSync(join(tmpdir(), 'assay-suites-'));
    expect(cacheFolder({ ASSAY_CACHE: folder })).toBe(folder);
    const { cpp = expect.fail() } = languages;
    const suite = { headers: cpp.headers ?? [], text: `${cpp.text}// ${folder}\n` };
    const seen = ['suites', '../suites'].flatMap((name) => [join(folder, name), `/opt/assay/cache/${name}`]);
    const candidate = `#include <filesystem>
bool seen(const char *path) { return std::filesystem::exists(path); }
int twice(int n) { return ${seen.map((path) => `seen("${path}")`).join(' || ')} ? 0 : 2 * n; }`;
    try {
      process.env.ASSAY_CACHE = folder;
      expect(await judged(candidate, suite)).toBe('');
      const kept = readdirSync(join(folder, 'suites'));
      expect(kept).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.gz$/)]);
      expect(statSync(join(folder, 'suites')).mode & 0o777).toBe(0o700);
      const bytes = readFileSync(join(folder, 'suites', kept[0] ?? ''));
      expect(await judged('int twice(int n) { return n + n; }', suite)).toBe('');
      expect(readFileSync(join(folder, 'suites', kept[0] ?? ''))).toEqual(bytes);
      expect(readdirSync(join(folder, 'suites'))).toEqual(kept);
    } finally {
      if (before === undefined) delete process.env.ASSAY_CACHE;
      else process.env.ASSAY_CACHE = before;
      rmSync(folder, { recursive: true });
    }
  });
});
