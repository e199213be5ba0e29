export function split(total, weights) {
  if (typeof total !== 'bigint' || weights.some((weight) => typeof weight !== 'bigint')) {
    throw new TypeError('bigints expected');
  }
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError('bad weights');
  const sign = total < 0n ? -1 : 1;
  const amount = Math.abs(Number(total));
  const exact = weights.map((weight) => (amount * Number(weight)) / Number(sum));
  const shares = exact.map(Math.floor);
  let left = amount - shares.reduce((a, b) => a + b, 0);
  const order = exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order) {
    if (left <= 0) break;
    shares[i] += 1;
    left -= 1;
  }
  return shares.map((share) => BigInt(share * sign));
}
