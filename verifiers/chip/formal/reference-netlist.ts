import { sha256 } from '../../verdict.ts';
import { compareSamples } from '../comparison/compare.ts';
import { runDesign } from '../icarus/run-design.ts';
import type { ChipTools } from '../icarus/tools.ts';
import { keepResults } from '../kept-results.ts';
import type { Oracle } from '../reference.ts';
import type { ChipSpec } from '../spec.ts';
import { preprocess } from '../verilog/preprocess.ts';
import { type NetlistResult, netlistSpec, readNetlist } from './netlist.ts';
import type { YosysContext } from './yosys.ts';

export type ReferenceOptions = {
  reference: string;
  oracle: Oracle;
  spec: ChipSpec;
  tools: ChipTools;
};

const kept = keepResults<NetlistResult>(64 << 20, (result) =>
  'why' in result ? 1024 : 4 * (result.text.length + result.verilog.length),
);

/**
 * The netlist of a task's reference, made once. It is trusted only if it does in simulation what the reference did: where
 * Yosys reads more X into a reference than the simulator does, a proof would ask less of a candidate than simulation.
 */
export function referenceNetlist(options: ReferenceOptions, context: YosysContext): Promise<NetlistResult> {
  const { reference, spec } = options;
  const key = sha256(JSON.stringify([reference, spec.top, spec.language, spec.ports, context.yosys.version]));
  // No signal: others may wait for the same run.
  const { signal: _signal, ...alone } = context;
  return kept(key, () => makeNetlist(options, alone));
}

async function makeNetlist(
  { reference, oracle, spec, tools }: ReferenceOptions,
  context: YosysContext,
): Promise<NetlistResult> {
  const { design } = preprocess(reference);
  if (!design) return { why: 'cannot be read' };
  const netlist = await readNetlist(design.text, spec, context);
  if ('why' in netlist) return netlist;
  const { plan, trace } = oracle;
  const options = { sandbox: context.sandbox, tools, spec: netlistSpec(spec), plan };
  const run = await runDesign(netlist.verilog, options);
  const isSame = run.trace.length === trace.length && compareSamples(plan, trace, run.trace).wrongRows === 0;
  return isSame ? netlist : { why: 'means something else to Yosys than to the simulator' };
}
