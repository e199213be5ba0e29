export function nextBilling(start, months) {
  if (!(start instanceof Date)) throw new TypeError('start is not a Date');
  if (!Number.isInteger(months) || months < 0) throw new RangeError('a whole number from 0 on was expected');
  const first = new Date(start);
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const tomorrow = new Date(start.getTime() + 86_400_000);
  const startsAtTheEnd = tomorrow.getUTCDate() === 1;
  first.setUTCDate(startsAtTheEnd ? lastDay : Math.min(start.getUTCDate(), lastDay));
  return first;
}

export function schedule(start, count) {
  nextBilling(start, count);
  return Array.from({ length: count }, (_, index) => nextBilling(start, index + 1));
}
