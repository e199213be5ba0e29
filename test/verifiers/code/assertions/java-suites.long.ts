import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../../verifiers/sandbox/index.ts';
import { openPrepared, preparingMs, type Suite, suiteJudge } from './suite-judge.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openPrepared('java');
}, preparingMs);
afterAll(() => sandbox?.close());

const judged = suiteJudge('java', () => sandbox);

const doubling: Suite = {
  headers: ['public static long twice(long number) {'],
  text: `public class Tests {
  public static void main(String[] words) {
    assert Solution.twice(2L) == 4L;
    assert Solution.twice(-3L) == -6L : "negative";
  }
}
`,
};

const travelling: Suite = {
  modules: ['Basket'],
  headers: [
    'public List<Pair<Long, String>> zip(ArrayList<Long> numbers, String... words)'.replace(
      'String...',
      'String[]',
    ),
    'static Map<String, Optional<Double>> means(HashMap<String, List<Float>> lists)',
    'static Object echo(Object value)',
    'static void sortAll(int[] items, List<Character> letters, long[][] table)',
    'static Triplet<Boolean, Integer, Byte> three(Short number)',
  ],
  text: `import java.util.*;
import org.javatuples.*;

class Tests {
  public static void main(String[] words) {
    Basket basket = new Basket();
    assert basket.zip(new ArrayList<>(List.of(1L << 60, -1L)), new String[] {"a\\u0000\\"", "\\ud83d\\ude00"})
        .equals(List.of(Pair.with(1L << 60, "a\\u0000\\""), Pair.with(-1L, "\\ud83d\\ude00")));
    Map<String, Optional<Double>> means = Basket.means(new HashMap<>(Map.of("none", List.of(), "some", List.of(0.5f, 1f))));
    assert means.get("none").isEmpty() && means.get("some").get() == 0.75;
    for (Object value : new Object[] {
      1, 2L, 0.1f, 0.1, 'c', "text", true, null, (short) 3, new ArrayList<>(Arrays.asList(1, 2L, null)), Optional.empty(),
      Map.of("a", 1L), Set.of(2), Triplet.with(1, "b", 2L), Double.NaN, Float.NEGATIVE_INFINITY, -0.0,
    }) {
      Object got = Basket.echo(value);
      assert Objects.equals(got, value) : value + " came back as " + got;
    }
    int[] items = {3, 1, 2};
    List<Character> letters = new ArrayList<>(List.of('b', 'a'));
    long[][] table = {{1}, {2, 3}};
    Basket.sortAll(items, letters, table);
    assert Arrays.equals(items, new int[] {1, 2, 3}) && letters.equals(List.of('a', 'b')) && table[1][1] == 0;
    assert Basket.three((short) 7).getValue2() == 7;
  }
}
`,
};

const traveller = `import java.util.*;
import org.javatuples.*;

public class Basket {
  public List<Pair<Long, String>> zip(ArrayList<Long> numbers, String[] words) {
    List<Pair<Long, String>> out = new ArrayList<>();
    for (int i = 0; i < words.length; i++) out.add(new Pair<>(numbers.get(i), words[i]));
    return out;
  }

  static Map<String, Optional<Double>> means(HashMap<String, List<Float>> lists) {
    Map<String, Optional<Double>> out = new TreeMap<>();
    lists.forEach((name, list) -> {
      OptionalDouble mean = list.stream().mapToDouble(one -> one).average();
      out.put(name, mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty());
    });
    return out;
  }

  static Object echo(Object value) { return value; }

  static void sortAll(int[] items, List<Character> letters, long[][] table) {
    Arrays.sort(items);
    Collections.sort(letters);
    table[1][1] = 0;
  }

  static Triplet<Boolean, Integer, Byte> three(Short number) { return Triplet.with(true, 2, (byte) (short) number); }

  public static void main(String[] words) {}
}
`;

const throwing: Suite = {
  signatures: { at: { parameters: ['list<int>', 'int'], returns: 'int' } },
  text: `import java.util.*;
class Tests {
  public static void main(String[] words) {
    assert Solution.at(List.of(5, 6), 1) == 6;
    try {
      Solution.at(List.of(), 0);
      assert false;
    } catch (IndexOutOfBoundsException error) {
      assert error.getMessage().equals("too far");
    }
  }
}
`,
};

const solution = (body: string) => `class Solution { static long twice(long n) { ${body} } }`;

describe('a suite in Java, run apart from the candidate', () => {
  it('passes what is right and fails what is wrong, with the line of the assertion', async () => {
    expect(await judged(solution('return 2 * n;'), doubling)).toBe('');
    expect(await judged(solution('return n * n;'), doubling)).toBe(
      'main: assertion: AssertionError: negative (4)',
    );
    expect(await judged('class Solution { static long thrice(long n) { return n; } }', doubling)).toBe(
      'main: exception: undefined: twice',
    );
  });

  it('carries all kinds of values both ways, and what is changed in place', async () => {
    expect(await judged(traveller, travelling)).toBe('');
    const wrong = (from: string, to: string) => judged(traveller.replace(from, to), travelling);
    expect(await wrong('return value;', 'return value instanceof Long ? 2 : value;')).toMatch(
      /came back as 2/,
    );
    expect(await wrong('Arrays.sort(items);', '')).toMatch(/^main: assertion/);
  });

  it('throws what the candidate throws, as the standard exception that it is', async () => {
    const body = (what: string) =>
      `import java.util.*;
class Far extends ArrayIndexOutOfBoundsException { Far(String text) { super(text); } }
class Solution { int at(List<Integer> v, int i) { if (i >= v.size()) ${what}; return v.get(i); } }`;
    expect(await judged(body('throw new Far("too far")'), throwing)).toBe('');
    expect(await judged(body('throw new IllegalStateException("too far")'), throwing)).toBe(
      'main: exception: IllegalStateException: too far (6)',
    );
    expect(await judged(body('return 0'), throwing)).toMatch(/^main: assertion: AssertionError.*\(7\)$/);
  });

  it('blames the task for a suite that breaks by itself', async () => {
    const broken = (suite: Partial<Suite>) => judged(solution('return 2 * n;'), { ...doubling, ...suite });
    const main = (body: string) => `class Tests {\n  public static void main(String[] words) { ${body} }\n}`;
    expect(await broken({ text: main('Solution.thrice(1);') })).toMatch(
      /^SUITE_BROKEN: cannot|^SUITE_BROKEN: .*\(line 2\)/,
    );
    expect(await broken({ text: main('') })).toMatch(/^SUITE_BROKEN: .*it never calls the candidate/);
    expect(await broken({ text: 'class Tests {}' })).toMatch(/^SUITE_BROKEN: .*it has no main/);
    expect(await broken({ headers: ['static Thread f(long n)'] })).toMatch(/^SUITE_UNSUPPORTED: .*"Thread"/);
  });

  it.each([
    [
      'exits before it is asked',
      `class Solution { static { System.exit(0); } static long twice(long n) { return 0; } }`,
    ],
    ['exits with success', solution('System.exit(0); return 0;')],
    [
      'writes on the channel of its driver',
      solution(`try (var out = new java.io.FileOutputStream("/proc/self/fd/3")) {
        out.write("{\\"report\\":{\\"tests\\":[{\\"name\\":\\"main\\",\\"passed\\":true}]}}\\n".getBytes());
      } catch (Exception error) {}
      Runtime.getRuntime().halt(0);
      return 0;`),
    ],
    [
      'has a class of the name of the driver',
      `${solution('return 0;')} class AssayLink { static Object ask(Object... all) { return 4L; } }`,
    ],
  ])('fails a candidate that %s', async (_name, attack) => {
    expect(await judged(attack, doubling)).toMatch(/^(main|suite): /);
  });
});
