import type { Solutions } from './solutions.ts';

/** Bodies of methods of MultiPL-E in Java, in our own words. */
export const java: Solutions = {
  0: [
    `for (int i = 0; i < numbers.size(); i++)
            for (int j = 0; j < i; j++)
                if (Math.abs(numbers.get(i) - numbers.get(j)) < threshold) return true;
        return false;`,
    '< threshold',
    '> threshold',
  ],
  2: ['return number % 1;', '% 1', '/ 1'],
  3: [
    `long balance = 0;
        for (long step : operations) if ((balance += step) < 0) return true;
        return false;`,
    '< 0',
    '<= 0',
  ],
  4: [
    `float middle = 0, sum = 0;
        for (float one : numbers) middle += one / numbers.size();
        for (float one : numbers) sum += Math.abs(one - middle);
        return sum / numbers.size();`,
    'Math.abs(one - middle)',
    'one - middle',
  ],
  5: [
    `ArrayList<Long> out = new ArrayList<>();
        for (long one : numbers) {
            if (!out.isEmpty()) out.add(delimeter);
            out.add(one);
        }
        return out;`,
    'if (!out.isEmpty()) ',
    '',
  ],
  7: [
    'strings.removeIf(one -> !one.contains(substring));\n        return strings;',
    'contains',
    'startsWith',
  ],
  8: [
    `long sum = 0, product = 1;
        for (long one : numbers) {
            sum += one;
            product *= one;
        }
        return Pair.with(sum, product);`,
    'product = 1',
    'product = 0',
  ],
  9: [
    `for (int i = 1; i < numbers.size(); i++) numbers.set(i, Math.max(numbers.get(i), numbers.get(i - 1)));
        return numbers;`,
    'Math.max',
    'Math.min',
  ],
  11: [
    `StringBuilder out = new StringBuilder();
        for (int i = 0; i < a.length(); i++) out.append(a.charAt(i) == b.charAt(i) ? '0' : '1');
        return out.toString();`,
    '==',
    '!=',
  ],
  13: ['return b == 0 ? a : greatestCommonDivisor(b, a % b);', '(b, a % b)', '(b, 0)'],
  14: [
    `ArrayList<String> out = new ArrayList<>();
        for (int i = 1; i <= string.length(); i++) out.add(string.substring(0, i));
        return out;`,
    'i <= ',
    'i < ',
  ],
  15: [
    'return LongStream.rangeClosed(0, n).mapToObj(Long::toString).collect(Collectors.joining(" "));',
    'rangeClosed',
    'range',
  ],
  16: ['return string.toLowerCase().chars().distinct().count();', '.toLowerCase()', ''],
  23: ['return string.length();', 'string.length()', 'string.length() + 1'],
  24: ['for (long i = n - 1; i > 1; i--) if (n % i == 0) return i;\n        return 1;', 'n - 1', 'n'],
  27: [
    `StringBuilder out = new StringBuilder();
        for (char one : string.toCharArray())
            out.append(Character.isUpperCase(one) ? Character.toLowerCase(one) : Character.toUpperCase(one));
        return out.toString();`,
    'Character.isUpperCase(one) ? Character.toLowerCase(one) : ',
    '',
  ],
  28: ['return String.join("", strings);', '""', '"-"'],
  29: [
    'strings.removeIf(one -> !one.startsWith(prefix));\n        return strings;',
    'startsWith',
    'endsWith',
  ],
  30: ['l.removeIf(one -> one <= 0);\n        return l;', '<= 0', '< 0'],
  31: [
    'for (long i = 2; i * i <= n; i++) if (n % i == 0) return false;\n        return n > 1;',
    'i * i <= n',
    'i * i < n',
  ],
  34: ['return new ArrayList<>(new TreeSet<>(l));', 'new TreeSet<>(l)', 'l'],
  35: ['return Collections.max(l);', 'max', 'min'],
  42: ['l.replaceAll(one -> one + 1);\n        return l;', 'one + 1', 'one - 1'],
  43: [
    `for (int i = 0; i < l.size(); i++)
            for (int j = 0; j < i; j++) if (l.get(i) + l.get(j) == 0) return true;
        return false;`,
    'j < i',
    'j <= i',
  ],
  48: ['return new StringBuilder(text).reverse().toString().equals(text);', '.reverse()', ''],
  51: ['return text.replaceAll("[aeiouAEIOU]", "");', 'AEIOU', ''],
  52: ['return l.stream().allMatch(one -> one < t);', 'allMatch', 'anyMatch'],
  53: ['return x + y;', '+', '-'],
  60: ['return n * (n + 1) / 2;', 'n + 1', 'n - 1'],
  62: [
    `ArrayList<Long> out = new ArrayList<>();
        for (int i = 1; i < xs.size(); i++) out.add(i * xs.get(i));
        return out;`,
    'i * xs.get(i)',
    'xs.get(i)',
  ],
};
