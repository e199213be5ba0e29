type Point = readonly [x: number, y: number];
type Beyond = 'clamp' | 'extend' | 'none';

export function lookUp(points: readonly Point[], at: readonly number[], beyond: Beyond = 'clamp'): number[] {
  const heights = new Map(points);
  const curve: Point[] = [...heights].sort(([one], [other]) => one - other);
  const [first, last] = [curve[0], curve.at(-1)];
  if (!first || !last) throw new RangeError('a curve needs at least one point');
  return at.map((x) => {
    if (Number.isNaN(x)) return Number.NaN;
    if (x < first[0]) return outside(x, first, curve[1] ?? first, beyond);
    if (x > last[0]) return outside(x, last, curve.at(-2) ?? last, beyond);
    return inside(x, curve);
  });
}

function outside(x: number, end: Point, inner: Point, beyond: Beyond): number {
  if (beyond === 'none') return Number.NaN;
  const rise = end[1] - inner[1];
  if (beyond === 'clamp' || rise === 0) return end[1];
  return end[1] + (x - end[0]) * (rise / (end[0] - inner[0]));
}

function inside(x: number, curve: readonly Point[]): number {
  let [low, high] = [0, curve.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((curve[middle]?.[0] ?? 0) <= x) low = middle;
    else high = middle;
  }
  const [x0, y0] = curve[low] ?? [x, 0];
  const [x1, y1] = curve[high] ?? [x, 0];
  return x1 === x0 ? y0 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}
