import { z } from 'zod';
import type { TimeModel } from './clocking.ts';
import type { Netlist } from './netlist.ts';
import { enablesFile, toSteps } from './time-steps.ts';
import { runYosys, type YosysContext } from './yosys.ts';

const bitsSchema = z.array(z.union([z.number(), z.string()]));
const moduleSchema = z.object({
  ports: z.record(z.string(), z.object({ direction: z.string(), bits: bitsSchema })),
  cells: z.record(z.string(), z.object({ type: z.string(), connections: z.record(z.string(), bitsSchema) })),
  netnames: z.record(
    z.string(),
    z.object({ bits: bitsSchema, attributes: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
});
const fileSchema = z.object({ modules: z.object({ gold: moduleSchema, gate: moduleSchema }) });

/** A design as gates of one bit, with registers that all move at each step; `netnames` tell how these begin. */
export type Gates = z.infer<typeof moduleSchema>;
export type GatePair = z.infer<typeof fileSchema>['modules'];

const written = 'gates.json';

/** Both netlists as gates of one bit; undefined where they cannot be made. Nothing is made simpler on the way. */
export async function mapToGates(
  gold: Netlist,
  gate: Netlist,
  { by }: TimeModel,
  context: YosysContext,
): Promise<GatePair | undefined> {
  if (![gold, gate].every(isPlain)) return undefined;
  const script = [
    ...['gold', 'gate'].flatMap((name) => [`read_rtlil ${name}.il`, `rename netlist ${name}`]),
    ...toSteps[by],
    'dffunmap',
    'techmap',
    'simplemap',
    'opt_clean',
    `write_json ${written}`,
  ];
  const files = [
    { path: 'gold.il', content: gold.text },
    { path: 'gate.il', content: gate.text },
    enablesFile,
  ];
  const { code, files: made } = await runYosys(script, files, [written], context);
  const json = made[written];
  return code === 0 && json ? fileSchema.parse(JSON.parse(json)).modules : undefined;
}

/** Cells that mean less as gates than they say: they look for X, or have one for an answer. */
const unlike = /^\$(eqx|nex|bweqx|tribuf|div|mod|divfloor|modfloor|pow)$/;

const isPlain = ({ circuit }: Netlist) =>
  Object.values(circuit.cells).every(({ type }) => !unlike.test(type));
