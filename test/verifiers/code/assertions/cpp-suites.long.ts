import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../../verifiers/sandbox/index.ts';
import { openPrepared, preparingMs, type Suite, suiteJudge } from './suite-judge.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openPrepared('cpp');
}, preparingMs);
afterAll(() => sandbox?.close());

const judged = suiteJudge('cpp', () => sandbox);

const doubling: Suite = {
  text: '#include <cassert>\nint main() {\n  assert(twice(2) == 4);\n  assert(twice(-3) == -6);\n}\n',
  headers: ['int twice(int number) {'],
};

const travelling: Suite = {
  headers: [
    'std::vector<std::tuple<long, std::string>> zip(const std::vector<long> &numbers, std::vector<std::string> words)',
    'std::map<std::string, std::optional<double>> means(std::map<std::string, std::vector<float>> lists)',
    'std::pair<unsigned long long, bool> most(long long)',
    'std::unordered_set<char> letters(std::string text)',
    'std::string reversed(std::string text)',
    'vector<bool> flip(vector<bool> bits)',
  ],
  text: `#include <bits/stdc++.h>
#include "solution.h"
int main() {
  std::vector<std::tuple<long, std::string>> zipped = {{1, "a"}, {-9007199254740993, "b \\"q\\"\\n"}};
  assert(zip({1, -9007199254740993}, {"a", "b \\"q\\"\\n"}) == zipped);
  auto found = means({{"none", {}}, {"some", {1.5f, 2.5f}}});
  assert(!found["none"] && *found["some"] == 2.0);
  assert(most(-1) == std::make_pair(18446744073709551615ULL, true));
  assert(letters("hello\\xff") == (std::unordered_set<char>{'h', 'e', 'l', 'o', '\\xff'}));
  assert(reversed("\u00e9") == "\\xa9\\xc3");
  assert(reversed(std::string("a\\0b", 3)) == std::string("b\\0a", 3));
  assert(flip({true, false}) == (std::vector<bool>{false, true}));
}
`,
};

const traveller = `
#include <bits/stdc++.h>
using namespace std;
vector<tuple<long, string>> zip(const vector<long> &numbers, vector<string> words) {
  vector<tuple<long, string>> out;
  for (size_t i = 0; i < numbers.size(); ++i) out.emplace_back(numbers[i], words[i]);
  return out;
}
map<string, optional<double>> means(map<string, vector<float>> lists) {
  map<string, optional<double>> out;
  for (auto &[name, list] : lists)
    out[name] = list.empty() ? nullopt : optional<double>(accumulate(list.begin(), list.end(), 0.0) / list.size());
  return out;
}
pair<unsigned long long, bool> most(long long number) { return {(unsigned long long)number, number < 0}; }
unordered_set<char> letters(string text) { return {text.begin(), text.end()}; }
string reversed(string text) { return {text.rbegin(), text.rend()}; }
vector<bool> flip(vector<bool> bits) { bits.flip(); return bits; }
int main() { return 3; }
`;

const throwing: Suite = {
  signatures: { at: { parameters: ['list<int>', 'int'], returns: 'int' } },
  text: `#include <cassert>
int main() {
  assert(at({5, 6}, 1) == 6);
  try { at({}, 0); assert(false); } catch (const std::out_of_range &error) { assert(std::string(error.what()) == "too far"); }
}
`,
};

describe('a suite in C++, run apart from the candidate', () => {
  it('passes what is right and fails what is wrong, with the line of the assertion', async () => {
    expect(await judged('int twice(int n) { return 2 * n; }', doubling)).toBe('');
    const wrong = 'int twice(int n) { return n * n; }';
    expect(await judged(wrong, doubling)).toBe('main: assertion: AssertionError: twice(-3) == -6 (4)');
    expect(await judged('int thrice(int n) { return 2 * n; }', doubling)).toMatch(/compile failed/);
  });

  it('carries all kinds of values both ways', async () => {
    expect(await judged(traveller, travelling)).toBe('');
    expect(await judged(traveller.replace('number < 0', 'number > 0'), travelling)).toMatch(/most\(-1\) ==/);
  });

  it('gives back what a function leaves in an argument that it takes by reference', async () => {
    const suite = {
      headers: ['void sort_all(std::vector<int> &items, const std::string &, int &count)'],
      text: `#include <cassert>
int main() {
  std::vector<int> items = {3, 1, 2};
  int count = 0;
  sort_all(items, "up", count);
  assert((items == std::vector<int>{1, 2, 3}) && count == 3);
}`,
    };
    const head =
      '#include <algorithm>\nvoid sort_all(std::vector<int> &items, const std::string &, int &count)';
    expect(await judged(`${head} { std::sort(items.begin(), items.end()); count = 3; }`, suite)).toBe('');
    expect(await judged(`${head} { count = 3; }`, suite)).toMatch(/^main: assertion/);
  });

  it('throws what the candidate throws, as the standard exception that it is', async () => {
    const body = (what: string) =>
      `#include <bits/stdc++.h>
struct Far : std::out_of_range { using out_of_range::out_of_range; };
int at(std::vector<int> v, int i) { if (i >= (int)v.size()) ${what}; return v[i]; }`;
    expect(await judged(body('throw std::out_of_range("too far")'), throwing)).toBe('');
    expect(await judged(body('throw Far("too far")'), throwing)).toBe('');
    expect(await judged(body('throw std::logic_error("too far")'), throwing)).toBe(
      'main: exception: std::logic_error: too far',
    );
    expect(await judged(body('throw 5'), throwing)).toMatch(/^main: exception/);
    expect(await judged(body('return 0'), throwing)).toMatch(/^main: assertion: AssertionError: false/);
    expect(await judged(body('abort()'), throwing)).toBe('main: crash: was ended by SIGABRT');
  });

  it('blames the task for a suite that breaks by itself', async () => {
    const right = 'int twice(int n) { return 2 * n; }';
    const broken = async (text: string) => judged(right, { ...doubling, text });
    expect(await broken('int main() { assert(twice(2) = 4); }')).toMatch(/^SUITE_BROKEN: .*\(line 1\)/);
    expect(await broken('int main() {}')).toMatch(/^SUITE_BROKEN: .*it never calls the candidate/);
    expect(await broken('int main() { return 1; }')).toMatch(/^SUITE_BROKEN/);
    expect(await broken('int main() { throw 1; }')).toMatch(/^SUITE_BROKEN/);
    expect(await broken('int main() { twice(1); return 1; }')).toBe(
      'main: assertion: Failed: main returned 1',
    );
  });

  it.each([
    [
      'exits before it is asked',
      '__attribute__((constructor)) void before() { _exit(0); }\nint twice(int) { return 0; }',
    ],
    [
      'takes the place of assert',
      'extern "C" void __assert_fail(const char *, const char *, unsigned, const char *) noexcept { _exit(0); }\nint twice(int) { return 0; }',
    ],
    [
      'takes the place of the comparison',
      'struct Any { template <class T> operator T() { return {}; } };\nbool operator==(Any, int) { return true; }\nint twice(int) { return 0; }',
    ],
    [
      'exits with the words of a report',
      'int twice(int) { const char text[] = "{\\"report\\":{\\"tests\\":[{\\"name\\":\\"main\\",\\"passed\\":true}]}}\\n"; write(3, text, sizeof text - 1); write(1, text, sizeof text - 1); _exit(0); }',
    ],
    [
      'answers as the suite',
      'int twice(int) { const char text[] = "{\\"gone\\":true}\\n"; write(3, text, sizeof text - 1); _exit(0); }',
    ],
  ])('fails a candidate that %s', async (_name, attack) => {
    const reason = await judged(`#include <bits/stdc++.h>\n#include <unistd.h>\n${attack}`, doubling);
    expect(reason).toMatch(/^(main|suite): /);
  });

  it('names the type that cannot travel', async () => {
    const of = (header: string) =>
      judged('int f(int n) { return n; }', { text: 'int main() {}', headers: [header] });
    for (const type of ['std::any', 'Union_long', 'const char *', 'std::vector<Node>', 'long double']) {
      const name = type.replace(/std::vector<(.*)>/, '$1');
      expect(await of(`int f(${type} a)`)).toContain(`has the type "${name}", whose values cannot travel`);
    }
    expect(await of('int f(int a')).toMatch(/^SUITE_UNSUPPORTED: .*its end/);
  });
});
