import type { Random } from '../../random.ts';
import type { ChipSpec } from '../spec.ts';
import { keepStill } from './long-run.ts';
import { otherClocks } from './other-clocks.ts';
import type { Recorder } from './plan.ts';
import { holdReset } from './resets.ts';

/** Random cycles reach what takes fewer cycles than this by themselves. */
const shortest = 6;
/** The reset that comes first takes no more. */
const mostResetCycles = 64;

/**
 * For what a design does after so many cycles and no more: each input of one bit is held at each level for as many
 * cycles as a number of the reference says, and for one or two more and one less, from the reset on and with the rest
 * still; the small numbers first, as far as `cycles` go. Of the numbers beyond, the greatest for which `longest` cycles
 * are enough: a stretch that is long enough for it passes all that end earlier.
 */
export function probes(
  recorder: Recorder,
  spec: ChipSpec,
  random: Random,
  { literals, cycles, longest }: { literals: readonly number[]; cycles: number; longest: number },
): void {
  const pivots = recorder.data.filter(({ width, direction }) => width === 1 && direction === 'input');
  const each = (length: number): Probe[] =>
    pivots.flatMap(({ name }) => ['0', '1'].map((level) => ({ length, name, level })));
  const counts = literals.filter((literal) => literal >= shortest);
  const planned = counts.flatMap((at) => [at - 1, at, at + 1, at + 2]).flatMap(each);
  const room = recorder.room() - mostResetCycles;
  const short = planned.slice(0, fitting(planned, Math.min(cycles, room)));
  const left = Math.min(longest, room) - costOf(short);
  const reached = short.at(-1)?.length ?? 0;
  const late = counts.filter((at) => at > reached && costOf(each(at + 2)) <= left).at(-1);
  const chosen = late === undefined ? short : [...short, ...each(late + 2)];
  if (chosen.length === 0) return;
  const others = otherClocks(recorder, spec, random);
  const hold = (name: string, level: string, length: number) => {
    recorder.set(name, level);
    for (let cycle = 0; cycle < length; cycle += 1) recorder.cycle(undefined, others);
  };
  holdReset(recorder, spec);
  recorder.begin('probes');
  for (const { length, name, level } of chosen) {
    const other = level === '0' ? '1' : '0';
    keepStill(recorder, spec, random);
    recorder.reset(true);
    hold(name, other, 1);
    recorder.reset(false);
    hold(name, other, 2);
    hold(name, level, length);
    hold(name, other, 2);
  }
}

/** An input held at a level for so many cycles. */
type Probe = { length: number; name: string; level: string };

const costOf = (chosen: readonly Probe[]) => chosen.reduce((sum, { length }) => sum + length + 5, 0);

/** How many of them, from the first on, take no more than so many cycles. */
function fitting(planned: readonly Probe[], cycles: number): number {
  let left = cycles;
  const end = planned.findIndex(({ length }) => {
    left -= length + 5;
    return left < 0;
  });
  return end < 0 ? planned.length : end;
}
