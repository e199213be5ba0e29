import { expect, test } from 'vitest';
import { formatDuration } from '../../cli/duration.ts';
import { describeProgress } from '../../cli/progress.ts';

test('progress tells count, share, rate and the time left', () => {
  const line = describeProgress({ done: 250, earlier: 0, total: 1000 }, 'rows', 10_000);
  expect(line).toBe('250/1000 rows (25 %), 25/s, 30 s left');
});

test('what an earlier run did counts as done, but not for the rate', () => {
  const line = describeProgress({ done: 900, earlier: 880, total: 1000 }, 'rows', 10_000);
  expect(line).toBe('900/1000 rows (90 %), 2.0/s, 50 s left');
});

test('without a total there is no share and no time left', () => {
  expect(describeProgress({ done: 3, earlier: 0 }, 'rows', 1000)).toBe('3 rows, 3.0/s');
});

test.each([
  [400, '0 s'],
  [59_400, '59 s'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
])('%i ms are said as %s', (ms, words) => {
  expect(formatDuration(ms)).toBe(words);
});
