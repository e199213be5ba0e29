import type { Solutions } from './solutions.ts';

/** Bodies of functions of MultiPL-E in Rust, in our own words. */
export const rs: Solutions = {
  0: [
    'numbers.iter().enumerate().any(|(i, one)| numbers[..i].iter().any(|two| (one - two).abs() < threshold))',
    '< threshold',
    '> threshold',
  ],
  2: ['number.fract()', 'fract()', 'trunc()'],
  3: [
    'let mut balance = 0;\n    operations.iter().any(|step| { balance += step; balance < 0 })',
    'balance < 0',
    'balance <= 0',
  ],
  4: [
    `let count = numbers.len() as f64;
    let middle = numbers.iter().sum::<f64>() / count;
    numbers.iter().map(|one| (one - middle).abs()).sum::<f64>() / count`,
    '.abs()',
    '',
  ],
  5: [
    `let mut out = Vec::new();
    for (i, one) in numbers.into_iter().enumerate() {
        if i > 0 { out.push(delimeter) }
        out.push(one);
    }
    out`,
    'i > 0',
    'true',
  ],
  7: ['strings.into_iter().filter(|one| one.contains(&substring)).collect()', 'contains', 'starts_with'],
  8: ['(numbers.iter().sum(), numbers.iter().product())', 'product', 'sum'],
  9: [
    'let mut most = isize::MIN;\n    numbers.into_iter().map(|one| { most = most.max(one); most }).collect()',
    '.max(',
    '.min(',
  ],
  11: ["a.chars().zip(b.chars()).map(|(x, y)| if x == y { '0' } else { '1' }).collect()", 'x == y', 'x != y'],
  13: ['let (mut a, mut b) = (a, b);\n    while b != 0 { (a, b) = (b, a % b) }\n    a', '    a', '    b'],
  14: ['(1..=string.len()).map(|i| string[..i].to_string()).collect()', '1..=', '1..'],
  15: ['(0..=n).map(|i| i.to_string()).collect::<Vec<_>>().join(" ")', '0..=n', '0..n'],
  16: [
    'string.to_lowercase().chars().collect::<std::collections::HashSet<_>>().len() as isize',
    '.to_lowercase()',
    '',
  ],
  23: ['string.len() as isize', 'string.len()', '1 + string.len()'],
  24: ['(1..n).rev().find(|i| n % i == 0).unwrap_or(1)', '(1..n)', '(1..=n)'],
  27: [
    `string.chars()
        .map(|one| if one.is_uppercase() { one.to_ascii_lowercase() } else { one.to_ascii_uppercase() }).collect()`,
    'if one.is_uppercase()',
    'if false',
  ],
  28: ['strings.concat()', 'concat()', 'join("-")'],
  29: ['strings.into_iter().filter(|one| one.starts_with(&prefix)).collect()', 'starts_with', 'ends_with'],
  30: ['l.into_iter().filter(|one| *one > 0).collect()', '> 0', '>= 0'],
  31: ['n > 1 && (2..n).take_while(|i| i * i <= n).all(|i| n % i != 0)', 'i * i <= n', 'i * i < n'],
  34: ['let mut l = l;\n    l.sort();\n    l.dedup();\n    l', 'l.sort();', ''],
  35: ['l.into_iter().max().unwrap()', 'max()', 'min()'],
  42: ['l.into_iter().map(|one| one + 1).collect()', 'one + 1', 'one - 1'],
  43: ['l.iter().enumerate().any(|(i, one)| l[..i].iter().any(|two| one + two == 0))', 'l[..i]', 'l[..=i]'],
  48: ['text.chars().eq(text.chars().rev())', '.rev()', ''],
  51: ['text.chars().filter(|one| !"aeiouAEIOU".contains(*one)).collect()', 'AEIOU', ''],
  52: ['l.into_iter().all(|one| one < t)', 'all', 'any'],
  53: ['x + y', '+', '-'],
  60: ['(1..=n).sum()', '1..=n', '1..n'],
  62: [
    'xs.into_iter().enumerate().skip(1).map(|(i, one)| one * i as isize).collect()',
    'one * i as isize',
    'one',
  ],
};
