import type { Random } from '../../random.ts';
import type { ChipSpec } from '../spec.ts';
import type { Recorder } from './plan.ts';

/** Holds the reset for as many cycles as the task says. */
export function holdReset(recorder: Recorder, { reset }: ChipSpec): void {
  if (!reset) return;
  recorder.begin('reset');
  recorder.reset(true);
  for (let cycle = 0; cycle < reset.cycles; cycle += 1) recorder.cycle();
  recorder.reset(false);
}

/** For whole cycles; gone again before the active edge; or only around the active edge. */
type Pulse = 'whole' | 'before-edge' | 'over-edge';

/** Moves the reset of one cycle after another: before its inactive edge, then before its active one. */
export type ResetPulses = { beforeCycle(): void; beforeEdge(): void };

/**
 * Pulses the reset at random, and at least at each quarter of the cycles. An asynchronous reset is also
 * pulsed off the active edge, where a synchronous design would not see it.
 */
export function resetPulses(recorder: Recorder, spec: ChipSpec, random: Random): ResetPulses {
  const { cycles, resetRate } = spec.stimulus.random;
  const pulses: Pulse[] =
    spec.reset?.kind === 'async' ? ['before-edge', 'over-edge', 'whole', 'whole'] : ['whole', 'whole'];
  const due = new Map(
    [1, 2, 3].map((quarter) => [Math.floor((quarter * cycles) / 4), pulses[(quarter - 1) % 2] ?? 'whole']),
  );
  let cycle = -1;
  let left = 0;
  let pulse: Pulse | undefined;
  const draw = () => (random.chance(resetRate) ? pulses[random.below(pulses.length)] : undefined);
  return {
    beforeCycle() {
      cycle += 1;
      left -= 1;
      if (left > 0 || resetRate === 0) return;
      pulse = due.get(cycle) ?? draw();
      left = pulse === 'whole' ? 1 + random.below(3) : 1;
      recorder.reset(pulse === 'whole' || pulse === 'before-edge');
    },
    beforeEdge() {
      if (pulse === 'before-edge') recorder.reset(false);
      if (pulse === 'over-edge') recorder.reset(true);
    },
  };
}
