import type { Random } from '../../random.ts';
import type { ChipSpec } from '../spec.ts';
import { keepStill } from './long-run.ts';
import { otherClocks } from './other-clocks.ts';
import type { Recorder } from './plan.ts';
import { holdReset } from './resets.ts';

/** Random cycles reach what takes fewer cycles than this by themselves. */
const shortest = 6;

/**
 * For what a design does after so many cycles and no more: each input of one bit is held at each level for as many
 * cycles as a number of the reference says, and for one or two more and one less, from the reset on and with the rest
 * still; the small numbers first, as far as `cycles` go.
 */
export function probes(
  recorder: Recorder,
  spec: ChipSpec,
  random: Random,
  { literals, cycles }: { literals: readonly number[]; cycles: number },
): void {
  const pivots = recorder.data.filter(({ width, direction }) => width === 1 && direction === 'input');
  const lengths = literals
    .filter((literal) => literal >= shortest)
    .flatMap((at) => [at - 1, at, at + 1, at + 2]);
  const planned = lengths.flatMap((length) =>
    pivots.flatMap(({ name }) => ['0', '1'].map((level) => ({ length, name, level }))),
  );
  if (planned.length === 0) return;
  const others = otherClocks(recorder, spec, random);
  const hold = (name: string, level: string, length: number) => {
    recorder.set(name, level);
    for (let cycle = 0; cycle < length; cycle += 1) recorder.cycle(undefined, others);
  };
  holdReset(recorder, spec);
  recorder.begin('probes');
  let left = Math.min(cycles, recorder.room());
  for (const { length, name, level } of planned) {
    const other = level === '0' ? '1' : '0';
    left -= length + 5;
    if (left < 0) return;
    keepStill(recorder, spec, random);
    recorder.reset(true);
    hold(name, other, 1);
    recorder.reset(false);
    hold(name, other, 2);
    hold(name, level, length);
    hold(name, other, 2);
  }
}
