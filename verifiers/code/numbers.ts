/** Allowed difference of floats. */
export type Tolerance = { absolute: number; relative: number };

/**
 * Whether a number agrees with the expected one, by numeric value whatever the types. Two whole numbers
 * (`bigint`) must be equal; as soon as one side is a float the tolerance holds.
 */
export function numbersAgree(expected: bigint | number, got: bigint | number, tolerance: Tolerance): boolean {
  if (Object.is(expected, -0) && sameNumber(expected, got)) return Object.is(got, -0);
  if (Number.isNaN(expected)) return Number.isNaN(got);
  if (sameNumber(expected, got)) return true;
  if (typeof expected === 'bigint' && typeof got === 'bigint') return false;
  return isClose(Number(expected), Number(got), tolerance);
}

/** Exact also between a `bigint` and a float, beyond 2 ** 53. */
function sameNumber(a: bigint | number, b: bigint | number): boolean {
  return a <= b && a >= b;
}

/** Written so that a NaN on either side, or infinities of other sign, fail. */
function isClose(expected: number, got: number, { absolute, relative }: Tolerance): boolean {
  if (!Number.isFinite(expected) || !Number.isFinite(got)) return false;
  const allowed = Math.max(absolute, relative * Math.abs(expected));
  return allowed > 0 && Math.abs(expected - got) <= allowed;
}
