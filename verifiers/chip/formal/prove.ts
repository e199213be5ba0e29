import type { ChipSpec } from '../spec.ts';
import { type TimeModel, timeModelOf } from './clocking.ts';
import { firstReset, provedModule } from './first-reset.ts';
import type { Netlist } from './netlist.ts';
import { checkReachability } from './reachability.ts';
import { readSteps, type Step } from './steps.ts';
import { enablesFile, toSteps } from './time-steps.ts';
import { runYosys, type YosysContext } from './yosys.ts';

/**
 * What a proof found. `bounded`: no difference within so many steps from power-up. `refuted`: inputs under which the
 * netlists differ, which a simulation has to confirm. `unknown`: `why` goes on from "the proof".
 */
export type ProofResult = { model: TimeModel } & (
  | { outcome: 'proved' }
  | { outcome: 'bounded'; steps: number }
  | { outcome: 'refuted'; steps: Step[] }
  | { outcome: 'unknown'; why: string }
);

/**
 * How deep a proof by induction goes: with registers of the same name taken for equal too, which is proved with the rest and
 * reaches states that no output shows; where ABC cannot be asked, by outputs alone too.
 */
const inductions = {
  shared: { cycles: 3, events: 3, edges: 4 },
  outputs: { cycles: 6, events: 6, edges: 8 },
} as const;

/** What the first induction may take of the time of one run: ABC is faster where it takes long. */
const firstShare = 0.35;

/** How far beyond the first reset designs are unrolled where no proof closes. */
const bounds: Record<TimeModel['by'], number> = { cycles: 16, events: 24, edges: 24 };

const counterexample = 'counterexample.json';

/**
 * Tries to prove that wherever the reference defines an output bit the candidate has the same, for all defined inputs from
 * power-up and the first reset on: by induction, else by the states that can be reached, else within a number of steps. Both
 * netlists are data here; no Verilog is read.
 */
export async function prove(
  reference: Netlist,
  candidate: Netlist,
  spec: ChipSpec,
  context: YosysContext,
): Promise<ProofResult> {
  const model = timeModelOf([reference.circuit, candidate.circuit]);
  const beginning = firstReset(spec, model);
  const files = [
    { path: 'gold.il', content: reference.text },
    { path: 'gate.il', content: candidate.text },
    { path: 'begun.v', content: beginning.verilog },
    enablesFile,
  ];
  const attempt = (shared: boolean, options: string, share = 1) => {
    const bounded = { ...context, cpuSeconds: context.cpuSeconds * share };
    return runYosys([...miter(model.by, shared), satisfy(options)], files, [counterexample], bounded);
  };
  const induction = async (by: keyof typeof inductions, share = 1) =>
    (await attempt(by === 'shared', `-tempinduct -maxsteps ${inductions[by][model.by]}`, share)).code;
  const first = await induction('shared', context.yosys.abc === null ? 1 : firstShare);
  if (first === 0) return { model, outcome: 'proved' };
  const reached = await checkReachability(reference, candidate, { spec, model, beginning }, context);
  if (reached && reached.outcome !== 'open') return { model, ...reached };
  const again = reached ? first === undefined && (await induction('shared')) : await induction('outputs');
  if (again === 0) return { model, outcome: 'proved' };
  const steps = bounds[model.by];
  const base = `-tempinduct -tempinduct-baseonly -maxsteps ${beginning.steps + steps}`;
  const { code, files: written } = await attempt(false, `${base} -dump_json ${counterexample}`);
  if (code === 0) return { model, outcome: 'bounded', steps };
  const found = written[counterexample];
  if (found !== undefined) return { model, outcome: 'refuted', steps: beginning.seen(readSteps(found)) };
  const why = code === undefined ? 'did not end within its bounds' : 'cannot be made of these designs';
  return { model, outcome: 'unknown', why };
}

/** One circuit with the inputs of both and an output that is 1 where they differ. */
function miter(by: TimeModel['by'], shared: boolean): string[] {
  return [
    ...['gold', 'gate'].flatMap((name) => [`read_rtlil ${name}.il`, `rename netlist ${name}`]),
    ...(shared ? ['expose -shared -dff gold gate'] : []),
    ...toSteps[by],
    'miter -equiv -ignore_gold_x gold gate miter',
    'read_verilog begun.v',
    `hierarchy -check -top ${provedModule}`,
    'proc',
    'flatten',
    'opt_expr -keepdc -undriven',
    'opt_merge',
    'opt_clean',
    'check -assert',
  ];
}

const satisfy = (options: string) =>
  `sat -verify -show-inputs -set-init-undef -set-def-inputs -prove trigger 0 ${options} ${provedModule}`;
