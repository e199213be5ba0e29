import type { ChipSpec } from '../spec.ts';
import { clocksOf, type Plan } from '../stimulus/plan.ts';
import type { TimeModel } from './clocking.ts';
import type { Step } from './steps.ts';

/**
 * The stimulus that shows a counterexample in simulation. By cycles, a step is its inputs, then an edge of the clock; by events
 * the clock of a step tells whether it has an edge. By edges, what changes at an edge has seen the data of the step before, so the clocks move first.
 */
export function replayPlan(spec: ChipSpec, steps: Step[], model: TimeModel): Plan {
  const { ports } = spec;
  const clocks = clocksOf(spec);
  const inputs = ports.filter(({ direction }) => direction === 'input');
  const outputs = ports.filter(({ direction }) => direction === 'output');
  const row = (levels: Step) => inputs.map(({ name, width }) => levels[name] ?? '0'.repeat(width)).join('');
  const rows = steps.flatMap((step, at) => stretch(step, steps[at - 1] ?? step, model, clocks).map(row));
  return { inputs, outputs, rows, rowsPerCycle: 1, parts: [{ from: 0, name: 'counterexample' }] };
}

function stretch(step: Step, before: Step, model: TimeModel, clocks: string[]): Step[] {
  if (model.by === 'edges') {
    const moved = clocks.map((port) => [port, step[port] ?? ''] as const);
    return [{ ...before, ...Object.fromEntries(moved) }, step];
  }
  if (!model.clock) return [step];
  const { port, edge } = model.clock;
  const [rest, active] = edge === 'posedge' ? ['0', '1'] : ['1', '0'];
  const settled = { ...step, [port]: rest };
  const hasEdge = model.by === 'cycles' || step[port] === '1';
  return hasEdge ? [settled, { ...step, [port]: active }] : [settled];
}
