import { describe, expect, it } from 'vitest';
import { generatorOf, suiteFunctions } from '../../../../verifiers/code/signature/index.ts';
import { AssayError } from '../../../../verifiers/errors.ts';

/** The functions of headers, as `name(type, ...) -> type`; a parameter that may be changed has a `!`. */
function read(language: string, ...headers: string[]): string[] {
  const { suites = expect.fail(language) } = generatorOf(language);
  return suiteFunctions(suites, { headers }).map(({ name, parameters, returns }) => {
    const types = parameters.map(({ value, changes }) => (changes ? `${value}!` : value));
    return `${name}(${types.join(', ')}) -> ${returns}`;
  });
}

function refusal(language: string, ...headers: string[]): string {
  try {
    read(language, ...headers);
  } catch (thrown) {
    if (thrown instanceof AssayError && thrown.code === 'SUITE_UNSUPPORTED') return thrown.message;
    throw thrown;
  }
  return expect.fail(`the headers were taken: ${headers}`);
}

describe('headers of functions', () => {
  it.each([
    ['cpp', 'bool f(std::vector<float> items, float most) {', 'f(std::vector<float>, float) -> bool'],
    ['cpp', 'static inline void f ( )', 'f() -> void'],
    [
      'cpp',
      'const std::string &f(const map<string, vector<pair<int, unsigned long long>>>& m, int const& n, long*)'.replace(
        ', long*',
        '',
      ),
      'f(std::map<std::string, std::vector<std::pair<int, unsigned long long>>>, int) -> std::string',
    ],
    ['cpp', 'void f(std::tuple<long, char> &pair, size_t)', 'f(std::tuple<long, char>!, size_t) -> void'],
    ['go', 'func f(a, b int, words []string) bool {', 'f(int, int, []string!) -> bool'],
    [
      'go',
      'func f(map[string][]int, *float64) (n int, err error)',
      'f(map[string][]int!, *float64!) -> (int, error)',
    ],
    ['go', 'func f(value interface{}, other any)', 'f(interface{}!, any!) -> '],
    [
      'rust',
      'pub fn f(mut items: Vec<isize>, name: &str) -> Option<(i32, String)> {',
      'f(Vec<isize>, String) -> Option<(i32, String)>',
    ],
    [
      'rust',
      'fn f(items: &mut [u8], more: &HashMap<char, f32>)',
      'f(Vec<u8>!, std::collections::HashMap<char, f32>) -> ()',
    ],
    ['rust', 'fn f(one: (bool,)) -> Result<usize, String>', 'f((bool,)) -> Result<usize, String>'],
    [
      'java',
      'public static ArrayList<Long> f(ArrayList<Long> l, long t) {',
      'f(ArrayList<Long>!, long) -> ArrayList<Long>',
    ],
    [
      'java',
      'int[][] f(final Map<String, Optional<Double>> m, String[] words)',
      'f(Map<String, Optional<Double>>!, String[]!) -> int[][]',
    ],
  ])('are read in %s: %s', (language, header, expected) => {
    expect(read(language, header)).toEqual([expected]);
  });

  it('are made of declared types', () => {
    const signatures = { f: { parameters: ['list<long>', 'optional<string>'], returns: 'bool' } };
    const names = ['cpp', 'go', 'java', 'rust'].map((language) => {
      const { suites = expect.fail(language) } = generatorOf(language);
      const [found] = suiteFunctions(suites, { signatures });
      return found?.parameters.map(({ value }) => value).join('; ');
    });
    expect(names).toEqual([
      'std::vector<long long>; std::optional<std::string>',
      '[]int64; *string',
      'List<Long>; Optional<String>',
      'Vec<i64>; Option<String>',
    ]);
  });

  it('are made of tuples too, where a language has them', () => {
    const signatures = {
      f: { parameters: ['tuple<int>'], returns: 'tuple<int, map<char, tuple<bool, long>>>' },
    };
    const { suites = expect.fail() } = generatorOf('rust');
    expect(suiteFunctions(suites, { signatures })).toMatchObject([
      { parameters: [{ value: '(i32,)' }], returns: '(i32, std::collections::HashMap<char, (bool, i64)>)' },
    ]);
  });

  it.each([
    ['cpp', 'int f(std::any a)', 'has the type "std::any", whose values cannot travel'],
    ['cpp', 'int f(const char *text)', 'has the type "const char *", whose values cannot travel'],
    ['cpp', 'int f(int a', 'has "its end" where "," was expected'],
    ['cpp', 'std::map<int> f()', 'has a "std::map" of 1 types'],
    ['go', 'func f(items ...int)', 'takes any number of arguments'],
    ['go', 'func f(items [3]int)', 'has an array of a fixed length'],
    ['go', 'def f(x)', 'has "def" where "func" was expected'],
    ['rust', 'fn f<T>(one: T)', 'is generic, which cannot be declared'],
    ['rust', 'fn f(one: Rc<u8>)', 'has the type "Rc", whose values cannot travel'],
    ['java', 'static Pair<Long> f()', 'has a "Pair" of 1 types'],
    ['java', 'static void f(int... items)', 'takes any number of arguments'],
    ['java', 'Node f()', 'has the type "Node", whose values cannot travel'],
  ])('name what cannot travel in %s: %s', (language, header, reason) => {
    expect(refusal(language, header)).toContain(`"${header}" ${reason}`);
  });

  it('are refused where a function has two, or there are none', () => {
    expect(refusal('rust', 'fn f()', 'fn f(one: u8)')).toMatch(/"f" is declared twice/);
    expect(refusal('go')).toMatch(/it declares no function/);
  });
});
