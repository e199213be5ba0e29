import type { Solutions } from './solutions.ts';

/** Bodies of functions of MultiPL-E in C++, in our own words. */
export const cpp: Solutions = {
  0: [
    `for (size_t i = 0; i < numbers.size(); i++)
    for (size_t j = 0; j < i; j++)
      if (std::abs(numbers[i] - numbers[j]) < threshold) return true;
  return false;`,
    '< threshold',
    '> threshold',
  ],
  2: ['return number - std::floor(number);', 'number - ', ''],
  3: [
    `long balance = 0;
  for (long step : operations)
    if ((balance += step) < 0) return true;
  return false;`,
    '< 0',
    '<= 0',
  ],
  4: [
    `float middle = std::accumulate(numbers.begin(), numbers.end(), 0.0f) / numbers.size(), sum = 0;
  for (float one : numbers) sum += std::abs(one - middle);
  return sum / numbers.size();`,
    'std::abs(one - middle)',
    'one - middle',
  ],
  5: [
    `std::vector<long> out;
  for (long one : numbers) {
    if (!out.empty()) out.push_back(delimeter);
    out.push_back(one);
  }
  return out;`,
    'if (!out.empty()) ',
    '',
  ],
  7: [
    `std::erase_if(strings, [&](const std::string &one) { return one.find(substring) == std::string::npos; });
  return strings;`,
    '== std::string::npos',
    '!= 0',
  ],
  8: [
    `long sum = 0, product = 1;
  for (long one : numbers) sum += one, product *= one;
  return {sum, product};`,
    'product = 1',
    'product = 0',
  ],
  9: [
    `for (size_t i = 1; i < numbers.size(); i++) numbers[i] = std::max(numbers[i], numbers[i - 1]);
  return numbers;`,
    'std::max',
    'std::min',
  ],
  11: [`for (size_t i = 0; i < a.size(); i++) a[i] = a[i] == b[i] ? '0' : '1';\n  return a;`, '==', '!='],
  13: ['return std::gcd(a, b);', 'std::gcd(a, b)', 'std::min(a, b)'],
  14: [
    `std::vector<std::string> out;
  for (size_t i = 1; i <= string.size(); i++) out.push_back(string.substr(0, i));
  return out;`,
    'i <= ',
    'i < ',
  ],
  15: [
    `std::string out = "0";
  for (long i = 1; i <= n; i++) out += " " + std::to_string(i);
  return out;`,
    'i <= n',
    'i < n',
  ],
  16: [
    `std::set<char> seen;
  for (char one : string) seen.insert(std::tolower(one));
  return seen.size();`,
    'std::tolower(one)',
    'one',
  ],
  23: ['return string.size();', 'string.size()', 'string.size() + 1'],
  24: [`for (long i = n - 1; i > 1; i--)\n    if (n % i == 0) return i;\n  return 1;`, 'n - 1', 'n'],
  27: [
    'for (char &one : string) one = std::isupper(one) ? std::tolower(one) : std::toupper(one);\n  return string;',
    'std::isupper(one) ? std::tolower(one) : ',
    '',
  ],
  28: [
    'return std::accumulate(strings.begin(), strings.end(), std::string());',
    'std::string()',
    'std::string("-")',
  ],
  29: [
    `std::erase_if(strings, [&](const std::string &one) { return !one.starts_with(prefix); });
  return strings;`,
    'starts_with',
    'ends_with',
  ],
  30: ['std::erase_if(l, [](long one) { return one <= 0; });\n  return l;', '<= 0', '< 0'],
  31: [
    `if (n < 2) return false;
  for (long i = 2; i * i <= n; i++)
    if (n % i == 0) return false;
  return true;`,
    'i * i <= n',
    'i * i < n',
  ],
  34: [
    'std::sort(l.begin(), l.end());\n  l.erase(std::unique(l.begin(), l.end()), l.end());\n  return l;',
    'std::sort(l.begin(), l.end());',
    '',
  ],
  35: ['return *std::max_element(l.begin(), l.end());', 'std::max_element', 'std::min_element'],
  42: ['for (long &one : l) one++;\n  return l;', 'one++', 'one--'],
  43: [
    `for (size_t i = 0; i < l.size(); i++)
    for (size_t j = 0; j < i; j++)
      if (l[i] + l[j] == 0) return true;
  return false;`,
    'j < i',
    'j <= i',
  ],
  48: ['return std::equal(text.begin(), text.end(), text.rbegin());', 'text.rbegin()', 'text.begin()'],
  52: ['return std::all_of(l.begin(), l.end(), [=](long one) { return one < t; });', 'all_of', 'any_of'],
  53: ['return x + y;', '+', '-'],
  60: ['return n * (n + 1) / 2;', 'n + 1', 'n - 1'],
};
