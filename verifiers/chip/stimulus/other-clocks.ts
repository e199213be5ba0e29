import type { Random } from '../../random.ts';
import type { ChipSpec } from '../spec.ts';
import type { Recorder } from './plan.ts';

/**
 * Moves the clocks beside the first: each at a pace of its own, which is drawn anew now and then, from one that hardly
 * moves to one that ticks twice between two edges of the first.
 */
export function otherClocks(
  recorder: Recorder,
  { otherClocks: clocks }: ChipSpec,
  random: Random,
): () => void {
  const paces = new Map(clocks.map(({ port }) => [port, 1 / 2]));
  return () => {
    for (const { port } of clocks) {
      if (random.chance(1 / 64)) paces.set(port, (1 + random.below(16)) / 16);
      for (let time = 0; time < 4; time += 1)
        if (random.chance((paces.get(port) ?? 0) / 2)) recorder.toggle(port);
    }
  };
}
