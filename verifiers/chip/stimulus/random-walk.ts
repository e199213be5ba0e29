import type { Random } from '../../random.ts';
import type { ChipSpec } from '../spec.ts';
import { otherClocks } from './other-clocks.ts';
import type { Recorder } from './plan.ts';
import { drawMotions } from './random-levels.ts';
import { holdReset, resetPulses } from './resets.ts';

/** Stretches of cycles in which each input moves in its own way; now and then all are held for long. */
export function randomWalk(recorder: Recorder, spec: ChipSpec, random: Random): void {
  const { cycles, high } = spec.stimulus.random;
  holdReset(recorder, spec);
  recorder.begin('random');
  const resets = resetPulses(recorder, spec, random);
  const others = otherClocks(recorder, spec, random);
  let left = cycles;
  while (left > 0) {
    const holds = random.chance(1 / 8);
    const length = Math.min(left, holds ? 16 + random.below(1 + cycles / 4) : 4 + random.below(28));
    const motions = drawMotions(random, recorder.data);
    const move = (share: number) => {
      for (const { name } of recorder.data) {
        const motion = random.chance(share) ? motions.get(name) : undefined;
        if (motion) recorder.set(name, motion(random, recorder.get(name), high[name] ?? 0.5));
      }
    };
    if (holds) move(1);
    for (let cycle = 0; cycle < length; cycle += 1) {
      if (!holds) move(1);
      resets.beforeCycle();
      recorder.cycle(() => {
        if (!holds && random.chance(1 / 4)) move(1 / 2);
        resets.beforeEdge();
      }, others);
    }
    left -= length;
  }
}
