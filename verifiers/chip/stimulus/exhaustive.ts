import type { Random } from '../../random.ts';
import type { Recorder } from './plan.ts';

/** Every input once, in an order drawn from the seed, so that a design that remembers is found out. */
export function exhaustive(recorder: Recorder, random: Random): void {
  recorder.begin('exhaustive');
  const bits = recorder.inputs.reduce((sum, { width }) => sum + width, 0);
  const order = Uint32Array.from({ length: 2 ** bits }, (_, index) => index);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  for (const value of order) {
    const digits = value.toString(2).padStart(bits, '0');
    let at = 0;
    for (const { name, width } of recorder.inputs) {
      recorder.set(name, digits.slice(at, at + width));
      at += width;
    }
    recorder.cycle();
  }
}
