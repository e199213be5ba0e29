import { createRandom } from '../../random.ts';
import type { Strength } from '../../verdict.ts';
import type { ChipSpec, DirectedStep } from '../spec.ts';
import { exhaustive } from './exhaustive.ts';
import { longRun } from './long-run.ts';
import { type Plan, type Recorder, recordPlan } from './plan.ts';
import { probes } from './probes.ts';
import { randomWalk } from './random-walk.ts';
import { holdReset } from './resets.ts';

/** Combinational designs with so many input bits or fewer see each input once. */
const maxExhaustiveBits = 16;

/** What the reference of a task has to say of its stimulus. */
export type Guidance = {
  /** Rows that were recorded of a bench. */
  recorded?: readonly string[];
  /** Numbers that it is written with; see `literals.ts`. */
  literals?: readonly number[];
  /** Cycles to be added in long stretches. */
  extra?: number;
};

/**
 * Makes the stimulus of a task: what was recorded of a bench first, as that starts when the power comes up; then directed
 * steps, all inputs of a small combinational design, and random ones; then probes by numbers of the reference; at last
 * long stretches.
 */
export function makePlan(
  spec: ChipSpec,
  seed: number,
  { recorded = [], literals = [], extra = 0 }: Guidance = {},
): Plan {
  const random = createRandom(`assay chip stimulus ${seed}`);
  const recorder = recordPlan(spec);
  if (recorded.length > 0) {
    recorder.begin('recorded');
    recorder.replay(recorded);
  }
  holdReset(recorder, spec);
  if (spec.stimulus.directed.length > 0) recorder.begin('directed');
  for (const step of spec.stimulus.directed) directed(recorder, step);
  if (isExhaustive(spec)) exhaustive(recorder, random);
  const { cycles, seeds, longest } = spec.stimulus.random;
  for (let time = 0; cycles > 0 && time < seeds; time += 1) randomWalk(recorder, spec, random);
  if (spec.clock && cycles > 0)
    probes(recorder, spec, random, {
      literals,
      cycles: 2 * cycles,
      longest: Math.min(12 * cycles, longest),
    });
  if (extra > 0) longRun(recorder, spec, random, extra);
  return recorder.finish();
}

/** What a pass by this stimulus means. */
export function strengthOf(spec: ChipSpec): Strength {
  return spec.stimulus.random.cycles > 0 || isExhaustive(spec) ? 'random' : 'directed';
}

function isExhaustive({ clock, ports, stimulus }: ChipSpec): boolean {
  const bits = ports.reduce((sum, port) => sum + (port.direction === 'input' ? port.width : 0), 0);
  const isPlain = clock === undefined && ports.every(({ direction }) => direction !== 'inout');
  return stimulus.exhaustive && isPlain && bits > 0 && bits <= maxExhaustiveBits;
}

function directed(recorder: Recorder, step: DirectedStep): void {
  for (const [port, level] of Object.entries(step.set)) recorder.setLevel(port, level);
  if (step.reset) recorder.reset(true);
  for (let cycle = 0; cycle < step.repeat; cycle += 1) recorder.cycle();
  if (step.reset) recorder.reset(false);
}
