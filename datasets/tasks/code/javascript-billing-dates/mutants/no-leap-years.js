export function nextBilling(start, months) {
  if (!(start instanceof Date)) throw new TypeError('start is not a Date');
  if (!Number.isInteger(months) || months < 0) throw new RangeError('a whole number from 0 on was expected');
  const first = new Date(start);
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() + months);
  const lastDay = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][first.getUTCMonth()];
  first.setUTCDate(Math.min(start.getUTCDate(), lastDay));
  return first;
}

export function schedule(start, count) {
  nextBilling(start, count);
  return Array.from({ length: count }, (_, index) => nextBilling(start, index + 1));
}
