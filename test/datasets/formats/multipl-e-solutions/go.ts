import type { Solutions } from './solutions.ts';

/** Bodies of functions of MultiPL-E in Go, in our own words. */
export const go: Solutions = {
  0: [
    `for i, one := range numbers {
    for _, two := range numbers[:i] {
      if max(one-two, two-one) < threshold {
        return true
      }
    }
  }
  return false`,
    '< threshold',
    '> threshold',
  ],
  2: ['return number - float64(int(number))', 'number - ', ''],
  3: [
    `balance := 0
  for _, step := range operations {
    balance += step
    if balance < 0 {
      return true
    }
  }
  return false`,
    '< 0',
    '<= 0',
  ],
  4: [
    `sum, middle := 0.0, 0.0
  for _, one := range numbers {
    middle += one / float64(len(numbers))
  }
  for _, one := range numbers {
    sum += max(one-middle, middle-one)
  }
  return sum / float64(len(numbers))`,
    'max(one-middle, middle-one)',
    'one - middle',
  ],
  5: [
    `out := []int{}
  for i, one := range numbers {
    if i > 0 {
      out = append(out, delimeter)
    }
    out = append(out, one)
  }
  return out`,
    'i > 0',
    'i >= 0',
  ],
  8: [
    `sum, product := 0, 1
  for _, one := range numbers {
    sum += one
    product *= one
  }
  return []interface{}{sum, product}`,
    '0, 1',
    '0, 0',
  ],
  9: [
    `for i := 1; i < len(numbers); i++ {
    numbers[i] = max(numbers[i], numbers[i-1])
  }
  return numbers`,
    'max(',
    'min(',
  ],
  11: [
    `out := []byte{}
  for i := range a {
    if a[i] == b[i] {
      out = append(out, '0')
    } else {
      out = append(out, '1')
    }
  }
  return string(out)`,
    '==',
    '!=',
  ],
  13: ['for b != 0 {\n    a, b = b, a%b\n  }\n  return a', 'return a', 'return b'],
  14: [
    `out := []string{}
  for i := range myString {
    out = append(out, myString[:i+1])
  }
  return out`,
    'i+1',
    'i',
  ],
  15: [
    `out := "0"
  for i := 1; i <= n; i++ {
    out += fmt.Sprintf(" %d", i)
  }
  return out`,
    'i <= n',
    'i < n',
  ],
  16: [
    `seen := map[rune]bool{}
  for _, one := range myString {
    if one >= 'A' && one <= 'Z' {
      one += 32
    }
    seen[one] = true
  }
  return len(seen)`,
    'one += 32',
    'one += 1',
  ],
  23: ['return len(myString)', 'len(myString)', 'len(myString) - 1'],
  24: [
    `for i := n - 1; i > 1; i-- {
    if n%i == 0 {
      return i
    }
  }
  return 1`,
    'n - 1',
    'n',
  ],
  28: [
    `out := ""
  for _, one := range strings {
    out += one
  }
  return out`,
    'out += one',
    'out = one + out',
  ],
  29: [
    `out := []string{}
  for _, one := range strings {
    if len(one) >= len(prefix) && one[:len(prefix)] == prefix {
      out = append(out, one)
    }
  }
  return out`,
    '== prefix',
    '!= prefix',
  ],
  30: [
    `out := []int{}
  for _, one := range l {
    if one > 0 {
      out = append(out, one)
    }
  }
  return out`,
    'one > 0',
    'one >= 0',
  ],
  31: [
    `for i := 2; i*i <= n; i++ {
    if n%i == 0 {
      return false
    }
  }
  return n > 1`,
    'i*i <= n',
    'i*i < n',
  ],
  35: [
    `most := l[0]
  for _, one := range l {
    most = max(most, one)
  }
  return most`,
    'max(',
    'min(',
  ],
  40: [
    `for i := range l {
    for j := range i {
      for k := range j {
        if l[i]+l[j]+l[k] == 0 {
          return true
        }
      }
    }
  }
  return false`,
    '== 0',
    '!= 0',
  ],
  42: ['for i := range l {\n    l[i]++\n  }\n  return l', 'l[i]++', 'l[i]--'],
  43: [
    `for i := range l {
    for j := range i {
      if l[i]+l[j] == 0 {
        return true
      }
    }
  }
  return false`,
    'range i',
    'range i + 1',
  ],
  48: [
    `for i := range text {
    if text[i] != text[len(text)-1-i] {
      return false
    }
  }
  return true`,
    'return false',
    'return true',
  ],
  52: [
    `for _, one := range l {
    if one >= t {
      return false
    }
  }
  return true`,
    '>= t',
    '< t',
  ],
  53: ['return x + y', '+', '-'],
  60: ['return n * (n + 1) / 2', 'n + 1', 'n - 1'],
  62: [
    `out := []int{}
  for i := 1; i < len(xs); i++ {
    out = append(out, i*xs[i])
  }
  return out`,
    'i*xs[i]',
    'xs[i]',
  ],
};
