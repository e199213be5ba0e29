import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVerifierSandbox } from '../../../../verifiers/open.ts';
import type { SandboxHost } from '../../../../verifiers/sandbox/index.ts';
import { failures, judged, repositoryTask } from './repository-task.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(() => sandbox.close());

const suite = `import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { add } from '../lib/add.js';

test('small', () => assert.equal(add(1, 2), 3));
describe('big', () => {
  test('numbers', () => assert.equal(add(100, 2), 102));
});
`;
const spec = {
  language: 'javascript',
  tree: {
    files: { 'lib/add.js': 'export const add = () => 0;\n', 'package.json': '{ "type": "module" }\n' },
  },
  protected: ['package.json'],
  tests: {
    by: 'command',
    run: ['node', '--test-reporter=tap', 'test/add.test.js'],
    report: { format: 'tap' },
    files: { files: { 'test/add.test.js': suite } },
    corruptions: [
      { file: 'test/add.test.js', replace: '102)', with: '103)', fails: ['big > numbers'] },
      { file: 'test/add.test.js', replace: 'add(1, 2), 3', with: 'add(1, 2), 4', fails: ['small'] },
    ],
  },
  names: ['small', 'big > numbers'],
};
const task = repositoryTask(spec);
const right = 'export const add = (a, b) => a + b;\n';
const report =
  '# Subtest: small\\nok 1 - small\\n# Subtest: big\\n    # Subtest: numbers\\n    ok 1 - numbers\\n    1..1\\nok 2 - big\\n1..2\\n';

describe('a tree whose tests can only run beside it', () => {
  it('passes what is right, and says that the tests were beside the candidate', async () => {
    expect(await judged(task, { 'lib/add.js': right }, sandbox)).toMatchObject({
      passed: true,
      isolation: 'shared',
      checks: [{}, {}, {}, { name: 'tests', passedCount: 2, totalCount: 2 }],
    });
  });

  it('fails what is wrong by the names of the tests', async () => {
    expect(
      await failures(task, { 'lib/add.js': 'export const add = (a, b) => Math.max(a, b) + 1;\n' }, sandbox),
    ).toEqual(['tests: big > numbers (failed)']);
  });

  it.each([
    ['ends with 0', 'process.exit(0);', 'not-run'],
    ['prints a report and ends with 0', `process.stdout.write('${report}'); process.exit(0);`, 'forged'],
    [
      'makes every assertion pass',
      "import assert from 'node:assert/strict';\nassert.equal = () => {};\nimport { syncBuiltinESMExports } from 'node:module';\nsyncBuiltinESMExports();",
      'forged',
    ],
    [
      'reads what is expected out of the test',
      "import { readFileSync } from 'node:fs';\nconst text = readFileSync('test/add.test.js', 'utf8');\nconst table = new Map([...text.matchAll(/add\\((.*?)\\), (\\d+)/g)].map(([, a, b]) => [a, Number(b)]));\nexport const add = (a, b) => table.get(`${a}, ${b}`);",
      'forged',
    ],
    [
      'skips what it cannot do',
      "import { skip } from 'node:test';\nvoid skip;\nexport const add = (a, b) => (a === 1 ? 3 : 102);\nimport test from 'node:test';\ntest.skip('small');",
      'repeated',
    ],
    [
      'ends well before the last test',
      'let calls = 0;\nexport const add = (a, b) => { calls += 1; if (calls > 1) process.exit(0); return a + b; };',
      'not-run',
    ],
    [
      'talks to the judge in place of the driver',
      "import { openSync, readdirSync, writeSync } from 'node:fs';\nfor (const pid of readdirSync('/proc').filter(Number)) for (const fd of ['3', '4']) try { writeSync(openSync(`/proc/${pid}/fd/${fd}`, 'w'), '{}\\n'); } catch {}\nfor (let fd = 3; fd < 40; fd += 1) try { writeSync(fd, '{}\\n'); } catch {}\nprocess.exit(0);",
      'not-run',
    ],
  ])('is not fooled by a candidate that %s', async (_, text, code) => {
    const source = text.includes('export') ? text : `${text}\nexport const add = () => 0;\n`;
    expect(await failures(task, { 'lib/add.js': source }, sandbox)).toEqual(
      expect.arrayContaining([expect.stringContaining(`(${code})`)]),
    );
  });

  it('puts the tests over what a candidate has in their place', async () => {
    const tampered = {
      'lib/add.js': right,
      'test/add.test.js': "import test from 'node:test';\ntest('small');\n",
    };
    expect(await failures(task, tampered, sandbox)).toEqual([]);
    expect(await failures(task, { test: 'a file' }, sandbox)).toEqual([
      'apply: test/add.test.js: a folder of the path is a file (invalid)',
    ]);
  });

  it('runs a build before, and reads a report in JUnit from a file', async () => {
    const script = `echo '<testsuite><testcase classname="sum" name="adds">' > report.xml
test "$(./sum 2 3)" = 5 || echo '<failure/>' >> report.xml
echo '</testcase></testsuite>' >> report.xml
`;
    const made = repositoryTask({
      language: 'c',
      tree: { files: { 'sum.c': 'int main(void) { return 0; }\n' } },
      build: { steps: [['gcc', 'sum.c', '-o', 'sum']] },
      tests: {
        by: 'command',
        run: ['sh', 'check.sh'],
        report: { format: 'junit', file: 'report.xml' },
        files: { files: { 'check.sh': script } },
        corruptions: [{ file: 'check.sh', replace: '= 5', with: '= 6', fails: ['sum.adds'] }],
      },
      names: ['sum.adds'],
    });
    const sum =
      '#include <stdio.h>\n#include <stdlib.h>\nint main(int n, char **a) { printf("%d\\n", atoi(a[1]) + atoi(a[2])); }\n';
    expect(await failures(made, { 'sum.c': sum }, sandbox)).toEqual([]);
    expect(await failures(made, { 'x.h': '' }, sandbox)).toEqual(['tests: sum.adds (failed)']);
    const broken = await failures(made, { 'sum.c': 'int main(' }, sandbox);
    expect(broken).toEqual(['tests: sum.adds (not-run)', 'tests: command (exit)']);
    const faked =
      '#include <stdlib.h>\nint main(void) { return system("cat report.xml >/dev/null; printf 5"); }\n';
    expect(await failures(made, { 'sum.c': faked }, sandbox)).toEqual([]);
  });
});

describe('a tree of C++ whose program is run', () => {
  const build = { steps: [['g++', '-std=c++20', 'src/main.cpp', 'src/sum.cpp', '-o', 'candidate']] };
  const made = repositoryTask({
    language: 'cpp',
    tree: {
      files: {
        'src/main.cpp':
          '#include <iostream>\n#include "sum.hpp"\nint main() { long a, b; std::cin >> a >> b; std::cout << sum(a, b); }\n',
        'src/sum.hpp': 'long sum(long a, long b);\n',
        'src/sum.cpp': '#include "sum.hpp"\nlong sum(long, long) { return 0; }\n',
      },
    },
    build,
    tests: {
      by: 'programs',
      run: ['./candidate'],
      cases: [
        { stdin: '1 2', stdout: '3' },
        { stdin: '0 0', stdout: '0' },
      ],
    },
  });

  it('is built by the commands of the task, and run on each input apart from what is expected', async () => {
    const sum = '#include "sum.hpp"\nlong sum(long a, long b) { return a + b; }\n';
    expect(await judged(made, { 'src/sum.cpp': sum }, sandbox)).toMatchObject({
      passed: true,
      isolation: 'split',
    });
    expect(await failures(made, { 'README.md': '' }, sandbox)).toEqual(['tests: case 1 (wrong-output)']);
    expect(
      await failures(made, { 'src/sum.cpp': 'long sum(long a, long b) { return a + c; }\n' }, sandbox),
    ).toEqual([expect.stringMatching(/^compile: sum.cpp:1: .*‘?c’? was not declared in this scope/)]);
  });
});
