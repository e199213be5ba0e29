import { expect, it } from 'vitest';
import { attacks } from './suite.ts';

/** The attacks that are known against graders of code, by the prefix of their fixtures; `tc` is those on compilers. */
const known: Readonly<Record<string, readonly number[]>> = {
  py: [
    ...[1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 13, 15, 16, 17, 18, 19, 20, 22, 23, 24, 25, 26, 27, 28],
    ...[31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43],
  ],
  js: [1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 24],
  ts: [1, 2, 4, 5],
  cpp: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 13, 14, 15, 16, 18, 19, 20, 21],
  c: [1, 3, 4, 5, 6, 11, 13, 14, 15, 16],
  'cpp-tc': [4],
};

const names = attacks(/./).map(({ id }) => id);
const two = (number: number) => String(number).padStart(2, '0');

it.each(Object.entries(known))('every known attack in %s has a fixture', (prefix, numbers) => {
  const has = (id: string) => names.some((name) => name === id || name.startsWith(`${id}-`));
  expect(numbers.map((number) => `${prefix}-${two(number)}`).filter((id) => !has(id))).toEqual([]);
});

/** The kinds of honest candidates; C knows no classes of its own to be unusual with. */
const controls: Readonly<Record<string, readonly string[]>> = {
  py: [
    'right',
    'wrong',
    'slow',
    'noisy',
    'int-enum',
    'defaultdict',
    'counter',
    'numpy-like',
    'generator',
    'threads',
  ],
  js: ['right', 'wrong', 'slow', 'noisy', 'class', 'async'],
  ts: ['right', 'wrong', 'slow', 'noisy', 'features'],
  cpp: ['right', 'wrong', 'slow', 'noisy', 'mean'],
  c: ['right', 'wrong', 'slow', 'noisy'],
};

it.each(Object.entries(controls))('every kind of control in %s has a fixture', (prefix, kinds) => {
  expect(kinds.filter((kind) => !names.includes(`control-${prefix}-${kind}`))).toEqual([]);
});
