import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passAtK } from '../../datasets/pass-at-k.ts';

function choose(n: number, k: number): bigint {
  let result = 1n;
  for (let i = 1; i <= k; i++) result = (result * BigInt(n - k + i)) / BigInt(i);
  return k > n ? 0n : result;
}

/** A fraction to 15 digits behind the point, by whole numbers alone. */
function exactly(numerator: bigint, denominator: bigint): number {
  return Number((numerator * 10n ** 15n) / denominator) / 1e15;
}

test('pass@k is the share of draws of k samples that hold a passing one', () => {
  const counts = fc
    .integer({ min: 1, max: 400 })
    .chain((n) => fc.tuple(fc.constant(n), fc.nat(n), fc.integer({ min: 1, max: n })));
  fc.assert(
    fc.property(counts, ([n, c, k]) => {
      const draws = choose(n, k);
      expect(passAtK(n, c, k)).toBeCloseTo(exactly(draws - choose(n - c, k), draws), 12);
    }),
  );
});

test('pass@1 is the pass rate, and pass@k needs k samples', () => {
  expect(passAtK(4, 1, 1)).toBe(0.25);
  expect(passAtK(4, 1, 2)).toBe(0.5);
  expect(passAtK(4, 4, 4)).toBe(1);
  expect(passAtK(4, 0, 4)).toBe(0);
  expect(passAtK(3, 3, 4)).toBeUndefined();
  expect(passAtK(100_000, 1, 10)).toBeCloseTo(0.0001, 9);
});
