import { productPath } from '../../sandbox/index.ts';
import type { ChipSpec } from '../spec.ts';
import type { TimeModel } from './clocking.ts';
import type { FirstReset } from './first-reset.ts';
import { mapToGates } from './gates.ts';
import type { Netlist } from './netlist.ts';
import { bitsOf, railsProblem } from './rails.ts';
import type { Step } from './steps.ts';
import { runAbc, type YosysContext } from './yosys.ts';

export type ReachabilityOptions = { spec: ChipSpec; model: TimeModel; beginning: FirstReset };

type Reached = { outcome: 'proved' } | { outcome: 'refuted'; steps: Step[] } | { outcome: 'open' };

/**
 * Asks ABC whether a state can be reached in which two designs differ: first it finds what is always equal within both,
 * then it looks for a set of states that none leaves and in which nothing differs (property directed reachability). Closes
 * where induction does not, because a design goes wrong only in states that it never gets to. Undefined where ABC is missing
 * or cannot be asked; 'open' where it came to no end.
 */
export async function checkReachability(
  reference: Netlist,
  candidate: Netlist,
  { spec, model, beginning }: ReachabilityOptions,
  context: YosysContext,
): Promise<Reached | undefined> {
  if (context.yosys.abc === null) return undefined;
  const gates = await mapToGates(reference, candidate, model, context);
  const problem = gates && railsProblem(gates, spec, beginning);
  if (problem === undefined) return undefined;
  const script = [
    'read_blif problem.blif',
    'strash',
    'scorr',
    'pdr',
    `write_status ${productPath}`,
    `write_cex -n ${productPath}`,
  ];
  const files = [{ path: 'problem.blif', content: problem }];
  const { text = '' } = (await runAbc(script, files, context)) ?? {};
  if (text.startsWith('snl_UNSAT')) return { outcome: 'proved' };
  const steps = text.startsWith('snl_SAT') ? readTrace(text, spec) : [];
  return steps.length > 0 ? { outcome: 'refuted', steps: beginning.seen(steps) } : { outcome: 'open' };
}

/** The inputs of a counterexample, which has a line such as `i0_3@2=1` for each bit and step. */
function readTrace(text: string, spec: ChipSpec): Step[] {
  const levels = new Map(
    [...text.matchAll(/^(i\d+_\d+)@(\d+)=([01])$/gm)].map(([, name, step, level = '0']) => [
      `${name}@${step}`,
      level,
    ]),
  );
  const [, last] = [...levels.keys()].at(-1)?.split('@') ?? [];
  const inputs = spec.ports.filter(({ direction }) => direction === 'input');
  const bits = bitsOf(spec, 'input');
  return Array.from({ length: last === undefined ? 0 : Number(last) + 1 }, (_, step) =>
    Object.fromEntries(
      inputs.map(({ name: port }) => {
        const names = bits.filter((bit) => bit.port === port).map(({ name }) => name);
        return [
          port,
          names
            .map((name) => levels.get(`${name}@${step}`) ?? '0')
            .reverse()
            .join(''),
        ];
      }),
    ),
  );
}
