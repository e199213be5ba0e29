import type { Random } from '../../random.ts';
import type { ChipSpec, Port } from '../spec.ts';
import { otherClocks } from './other-clocks.ts';
import type { Recorder } from './plan.ts';
import { drawMotions } from './random-levels.ts';
import { holdReset } from './resets.ts';

/** Stretches without a reset in which most inputs keep still, of lengths over all magnitudes: for counters that end late. */
export function longRun(recorder: Recorder, spec: ChipSpec, random: Random, cycles: number): void {
  const { high } = spec.stimulus.random;
  holdReset(recorder, spec);
  recorder.begin('long');
  const others = otherClocks(recorder, spec, random);
  let left = Math.min(cycles, recorder.room());
  while (left > 0) {
    const length = Math.min(left, magnitude(random, cycles));
    const motions = drawMotions(random, recorder.data);
    const moving = recorder.data.filter(() => random.chance(1 / 4));
    const move = ({ name }: Port) =>
      recorder.set(name, motions.get(name)?.(random, recorder.get(name), high[name] ?? 0.5) ?? '');
    keepStill(recorder, spec, random);
    if (random.chance(1 / 8)) recorder.reset(true);
    for (let cycle = 0; cycle < length; cycle += 1) {
      moving.forEach(move);
      recorder.cycle(undefined, others);
      recorder.reset(false);
    }
    left -= length;
  }
}

/** Gives each input a level to keep. */
export function keepStill(recorder: Recorder, { stimulus }: ChipSpec, random: Random): void {
  for (const { name, width, direction } of recorder.data) {
    const bit = () => (random.chance(stimulus.random.high[name] ?? 0.5) ? '1' : '0');
    const level = width === 1 ? bit() : random.bits(width);
    recorder.set(name, direction === 'inout' ? 'z'.repeat(width) : level);
  }
}

/** From 1 to about `most`, each magnitude as likely as another. */
function magnitude(random: Random, most: number): number {
  return 1 + random.below(2 ** random.below(1 + Math.ceil(Math.log2(most))));
}
