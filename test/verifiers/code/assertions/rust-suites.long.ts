import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../../verifiers/sandbox/index.ts';
import { openPrepared, preparingMs, type Suite, suiteJudge } from './suite-judge.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openPrepared('rust');
}, preparingMs);
afterAll(() => sandbox?.close());

const judged = suiteJudge('rust', () => sandbox);

const doubling: Suite = {
  headers: ['fn twice(number: i32) -> i32 {'],
  text: 'fn main() {\n    let candidate = twice;\n    assert_eq!(candidate(2), 4);\n    assert_eq!(candidate(-3), -6);\n}\n',
};

const travelling: Suite = {
  framework: 'rust-test',
  headers: [
    'pub fn zip(numbers: &[i64], words: Vec<&str>) -> Vec<(i64, String)>',
    'pub fn means(lists: &HashMap<String, Vec<f32>>) -> BTreeMap<String, Option<f64>>',
    'pub fn letters(text: &str) -> std::collections::HashSet<char>',
    'pub fn sort_all(items: &mut Vec<u8>, count: &mut usize, halves: &mut [f32])',
    'pub fn half(number: u64) -> Result<u64, String>',
  ].map((header) => header.replace('Vec<&str>', 'Vec<String>')),
  text: `use std::collections::{HashMap, HashSet};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zips() -> Result<(), String> {
        let zipped = zip(&[i64::MIN, 1], vec!["a\\u{0}\\"é".to_string(), String::new()]);
        if zipped == vec![(i64::MIN, "a\\u{0}\\"é".to_string()), (1, String::new())] { Ok(()) } else { Err(format!("{:?}", zipped)) }
    }

    #[test]
    fn finds_means() {
        let lists = HashMap::from([("none".to_string(), vec![]), ("some".to_string(), vec![0.1f32, 0.3])]);
        let found = means(&lists);
        assert!(found["none"].is_none());
        assert_eq!(found["some"], Some((0.1f32 as f64 + 0.3f32 as f64) / 2.0));
        assert_eq!(letters("hello"), HashSet::from(['h', 'e', 'l', 'o']));
    }

    #[test]
    fn changes_what_it_is_lent() {
        let (mut items, mut count, mut halves) = (vec![3, 1, 2], 0, [1.0, f32::INFINITY]);
        sort_all(&mut items, &mut count, &mut halves);
        assert_eq!((items, count, halves), (vec![1, 2, 3], 3, [0.5, f32::INFINITY]));
    }

    #[test]
    #[should_panic(expected = "odd")]
    fn panics_at_odd_numbers() {
        half(7).unwrap();
    }
}
`,
};

const traveller = `use std::collections::{BTreeMap, HashMap, HashSet};

pub fn zip(numbers: &[i64], words: Vec<String>) -> Vec<(i64, String)> { numbers.iter().copied().zip(words).collect() }

pub fn means(lists: &HashMap<String, Vec<f32>>) -> BTreeMap<String, Option<f64>> {
    lists.iter().map(|(name, list)| {
        let sum: f64 = list.iter().map(|one| *one as f64).sum();
        (name.clone(), if list.is_empty() { None } else { Some(sum / list.len() as f64) })
    }).collect()
}

pub fn letters(text: &str) -> HashSet<char> { text.chars().collect() }

pub fn sort_all(items: &mut Vec<u8>, count: &mut usize, halves: &mut [f32]) {
    items.sort();
    *count = items.len();
    halves.iter_mut().for_each(|one| *one /= 2.0);
}

pub fn half(number: u64) -> Result<u64, String> {
    if number % 2 == 0 { Ok(number / 2) } else { Err(format!("{} is odd", number)) }
}

fn main() {}
`;

describe('a suite in Rust, run apart from the candidate', () => {
  it('passes what is right and fails what is wrong, with the line of the assertion', async () => {
    expect(await judged('fn twice(n: i32) -> i32 { 2 * n }', doubling)).toBe('');
    expect(await judged('fn twice(n: i32) -> i32 { n * n }', doubling)).toMatch(
      /^main: assertion: AssertionError: assertion .*failed[\s\S]*\(4\)$/,
    );
    expect(await judged('fn twice(n: i32) -> i32 { if n < 0 { panic!("below") } 2 * n }', doubling)).toBe(
      'main: exception: panic: below',
    );
    expect(await judged('fn thrice(n: i32) -> i32 { n }', doubling)).toMatch(/^compile failed: .*twice/);
  });

  it('carries all kinds of values both ways, and what is changed through references', async () => {
    expect(await judged(traveller, travelling)).toBe('');
    const wrong = (from: string, to: string) => judged(traveller.replace(from, to), travelling);
    expect(await wrong('items.sort();', '')).toMatch(/^changes_what_it_is_lent: assertion/);
    expect(await wrong('number % 2 == 0', 'true')).toBe(
      'panics_at_odd_numbers: assertion: AssertionError: did not panic',
    );
    expect(await wrong('.copied()', '.map(|one| one + 1)')).toMatch(/^zips/);
  });

  it('blames the task for a suite that breaks by itself', async () => {
    const broken = (suite: Partial<Suite>) =>
      judged('fn twice(n: i32) -> i32 { 2 * n }', { ...doubling, ...suite });
    expect(await broken({ text: 'fn main() {\n    assert_eq!(thrice(2), 6);\n}' })).toMatch(
      /^SUITE_BROKEN: .*thrice/,
    );
    expect(await broken({ text: 'fn main() {}' })).toMatch(/^SUITE_BROKEN: .*it never calls the candidate/);
    expect(await broken({ framework: 'rust-test' })).toMatch(/^SUITE_BROKEN: .*it has no tests/);
    expect(await broken({ headers: ['fn twice<T>(number: T) -> T'] })).toMatch(
      /^SUITE_UNSUPPORTED: .*is generic/,
    );
    expect(await broken({ headers: ['fn twice(number: Box<dyn Fn()>) -> i32'] })).toMatch(
      /^SUITE_UNSUPPORTED: .*"Box"/,
    );
  });

  it.each([
    [
      'exits before it is asked',
      `extern "C" fn before() { std::process::exit(0) }
#[used]
#[link_section = ".init_array"]
static BEFORE: extern "C" fn() = before;
fn twice(_: i32) -> i32 { 0 }`,
    ],
    ['exits with success', 'fn twice(_: i32) -> i32 { std::process::exit(0) }'],
    [
      'exits with the words of a report',
      `use std::io::Write;
use std::os::fd::FromRawFd;
fn twice(_: i32) -> i32 {
    let mut channel = unsafe { std::fs::File::from_raw_fd(3) };
    channel.write_all(b"{\\"report\\":{\\"tests\\":[{\\"name\\":\\"main\\",\\"passed\\":true}]}}\\n").unwrap();
    std::process::exit(0)
}`,
    ],
    [
      'has a main of its own',
      '#[no_mangle]\npub extern "C" fn main() -> i32 { 0 }\nfn twice(_: i32) -> i32 { 0 }',
    ],
  ])('fails a candidate that %s', async (_name, attack) => {
    expect(await judged(attack, doubling)).toMatch(/^(main|suite): |^compile failed/);
  });
});
