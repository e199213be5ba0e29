export function split(total, weights) {
  if (![total, ...weights].every((number) => typeof number === 'bigint')) {
    throw new TypeError('the total and all weights must be bigints');
  }
  const sum = weights.reduce((one, other) => one + other, 0n);
  if (sum === 0n || weights.some((weight) => weight < 0n)) {
    throw new RangeError('weights must not be negative and not all zero');
  }
  const sign = total < 0n ? -1n : 1n;
  const amount = total * sign;
  const shares = weights.map((weight, position) => ({
    position,
    units: (amount * weight) / sum,
    rest: (amount * weight) % sum,
  }));
  let left = shares.reduce((units, share) => units - share.units, amount);
  const byRest = shares;
  for (const share of byRest) {
    if (left === 0n) break;
    share.units += 1n;
    left -= 1n;
  }
  return shares.map(({ units }) => units * sign);
}
