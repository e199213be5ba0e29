import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../verifiers/sandbox/index.ts';
import { verify } from '../../../verifiers/verify.ts';
import { openPrepared, preparingMs } from '../../verifiers/code/assertions/suite-judge.ts';
import { loadRow, problemsOf } from './read-rows.ts';

const row = {
  name: 'Set_1_twice',
  language: 'ts',
  prompt: '//Twice a list.\nfunction twice(items: number[]): number[] {\n',
  tests:
    "declare var require: any;\nconst assert = require('node:assert');\n\n\nfunction test() {\n  let candidate = twice;\n  assert.deepEqual(candidate([1]),[1, 1]);\n  assert.deepEqual(candidate([]),[]);\n}\n\ntest();",
  stop_tokens: ['\nfunction '],
};
const script = {
  ...row,
  language: 'js',
  prompt: row.prompt.replaceAll(/: number\[\]/g, ''),
  tests: row.tests.replace('declare var require: any;\n', ''),
};

const cpp = {
  ...row,
  language: 'cpp',
  prompt:
    '#include<assert.h>\n#include<bits/stdc++.h>\n// Twice a list.\nstd::vector<long> twice(std::vector<long> items) {\n',
  tests:
    '}\nint main() {\n    auto candidate = twice;\n    assert(candidate((std::vector<long>({(long)1}))) == (std::vector<long>({(long)1, (long)1})));\n}\n',
  stop_tokens: ['\n}'],
};
const cppHeader = 'std::vector<long> twice(std::vector<long> items) {';
const cppBody = '  items.insert(items.end(), items.begin(), items.end());\n  return items;';

const go = {
  ...row,
  language: 'go_test.go',
  prompt:
    'package twice_test\n\nimport (\n    "testing"\n    "fmt"\n)\n\n// Twice a list.\nfunc twice(items []int) []int {\n',
  tests:
    'func TestTwice(t *testing.T) {\n  candidate := twice\n  if fmt.Sprintf("%v", candidate([]int{1})) != "[1 1]" {\n    t.Error()\n  }\n}\n',
};
const rs = {
  ...row,
  language: 'rs',
  prompt: '/// Twice a list.\nfn twice(items: Vec<isize>) -> Vec<isize> {\n',
  tests: '}\n\nfn main() {\n    let candidate = twice;\n    assert_eq!(candidate(vec![1]), vec![1, 1]);\n}\n',
};
const java = {
  ...row,
  language: 'java',
  prompt:
    'import java.util.*;\nimport org.javatuples.*;\nclass Problem {\n    // Twice a list.\n    public static ArrayList<Long> twice(ArrayList<Long> items) {\n',
  tests:
    '    }\n    public static void main(String[] args) {\n    assert(twice((new ArrayList<Long>(Arrays.asList((long)1l)))).equals((new ArrayList<Long>(Arrays.asList((long)1l, (long)1l)))));\n    }\n\n}\n',
};

describe('multipl-e', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openPrepared('cpp', 'go', 'java', 'rust');
  }, preparingMs);
  afterAll(() => sandbox.close());

  it.each([
    ['what follows a prompt in TypeScript', row, '  return [...items, ...items];\n}\n', 'continues', true],
    ['what follows it, wrong', row, '  return items;\n}\n', 'continues', false],
    ['what does not close its function', row, '  return [...items, ...items];\n', 'continues', false],
    [
      'a whole solution in TypeScript',
      row,
      'const twice = (items: number[]) => items.concat(items);\n',
      'whole',
      true,
    ],
    ['what follows a prompt in JavaScript', script, 'return items.concat(items)\n}', 'continues', true],
    [
      'an exported function',
      script,
      'export function twice(items) { return items.concat(items) }',
      'whole',
      true,
    ],
    ['what follows a prompt in C++, up to the last brace', cpp, cppBody, 'continues', true],
    ['what follows it, with that brace', cpp, `${cppBody}\n}\nint main() {}\n`, 'continues', true],
    ['what follows it, wrong', cpp, '  return items;\n', 'continues', false],
    ['a whole solution in C++', cpp, `${cppHeader}\n${cppBody}\n}\n`, 'whole', true],
    ['what follows a prompt in Go', go, '  return append(items, items...)\n}\n', 'continues', true],
    ['a whole file in Go, wrong', go, `${go.prompt}  return items\n}\n`, 'whole', false],
    ['what follows a prompt in Rust', rs, '    items.repeat(2)\n', 'continues', true],
    ['a whole solution in Rust, wrong', rs, `${rs.prompt}    items\n}\n`, 'whole', false],
    [
      'what follows a prompt in Java',
      java,
      '        items.addAll(items);\n        return items;\n',
      'continues',
      true,
    ],
    ['a whole class in Java, wrong', java, `${java.prompt}        return items;\n    }\n}\n`, 'whole', false],
    ['a function of another name', script, 'function thrice(items) { return items }', 'continues', false],
  ])('judges %s', async (_name, set, answer, how, passed) => {
    const verdict = await verify(await loadRow('multipl-e', set), answer, { sandbox });
    expect(verdict).toMatchObject({ status: 'scored', passed, isolation: 'split' });
    expect(verdict.checks[0]?.evidence).toMatchObject({ answer: how });
  });

  it('has no verdict where the values of a type cannot travel', async () => {
    const prompt = cpp.prompt.replace('std::vector<long> items', 'std::any items');
    const verdict = await verify(await loadRow('multipl-e', { ...cpp, prompt }), cppBody, { sandbox });
    expect(verdict).toMatchObject({
      status: 'no-verdict',
      error: { code: 'SUITE_UNSUPPORTED', blame: 'task' },
    });
    expect(verdict).toMatchObject({ error: { message: expect.stringContaining('"std::any"') } });
  });

  it('tells of a language that has no suites, and of a prompt without a function', async () => {
    expect((await problemsOf('multipl-e', { ...row, language: 'lua' })).join()).toMatch(
      /"lua" has no suites here/,
    );
    expect((await problemsOf('multipl-e', { ...row, prompt: '// nothing\n' })).join()).toMatch(
      /defines no function/,
    );
  });
});
