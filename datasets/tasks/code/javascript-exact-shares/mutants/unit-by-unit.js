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
    weight,
    units: 0n,
  }));
  const lag = ({ weight, units }) => amount * weight - units * sum;
  for (let left = amount; left > 0n; left -= 1n) {
    let neediest = shares[0];
    for (const share of shares) if (lag(share) > lag(neediest)) neediest = share;
    neediest.units += 1n;
  }
  return shares.map(({ units }) => units * sign);
}
