export function nextBilling(start, months) {
  if (!(start instanceof Date)) throw new TypeError('start is not a Date');
  if (!Number.isInteger(months) || months < 0) throw new RangeError('a whole number from 0 on was expected');
  const next = new Date(start.getTime());
  next.setUTCMonth(next.getUTCMonth() + months);
  return next;
}

export function schedule(start, count) {
  nextBilling(start, count);
  return Array.from({ length: count }, (_, index) => nextBilling(start, index + 1));
}
