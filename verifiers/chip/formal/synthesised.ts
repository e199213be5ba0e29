import { compareSamples } from '../comparison/compare.ts';
import { type RunOptions, runDesign } from '../icarus/run-design.ts';
import type { Oracle } from '../reference.ts';
import { preprocess } from '../verilog/preprocess.ts';
import { netlistTop } from './circuit.ts';
import { asSynthesised, netlistSpec } from './netlist.ts';
import { runYosys, type YosysContext } from './yosys.ts';

/** Whether a design does the same after synthesis; `why` goes on from "after synthesis the reference". */
export type SynthesisResult = { outcome: 'same' } | { outcome: 'differs' | 'unknown'; why: string };

const cpuSeconds = 20;
const written = 'netlist.v';

/**
 * Synthesises a reference to gates with Yosys, and simulates the gates with the stimulus that made its trace. A design
 * that a synthesiser takes for another one than the simulator does has no one meaning.
 */
export async function compareSynthesised(
  reference: string,
  oracle: Oracle,
  { sandbox, tools, spec, signal }: Omit<RunOptions, 'plan'>,
): Promise<SynthesisResult> {
  const { design } = preprocess(reference);
  if (!tools.yosys || !design) return { outcome: 'unknown', why: 'cannot be looked at without Yosys' };
  const context = { sandbox, yosys: tools.yosys, cpuSeconds, ...(signal && { signal }) };
  const gates = await synthesise(design.text, spec, context);
  if (gates === undefined) return { outcome: 'unknown', why: 'is nothing: Yosys cannot read it' };
  const { plan, trace } = oracle;
  const run = await runDesign(gates, {
    sandbox,
    tools,
    spec: netlistSpec(spec),
    plan,
    ...(signal && { signal }),
  });
  if (run.trace.length !== trace.length) return { outcome: 'differs', why: 'cannot be simulated' };
  const { mismatches } = compareSamples(plan, trace, run.trace);
  const names = mismatches.map(({ output }) => output).join(', ');
  return names === '' ? { outcome: 'same' } : { outcome: 'differs', why: `differs in ${names}` };
}

/** The design in gates, as Verilog; undefined where Yosys cannot make them. */
async function synthesise(
  text: string,
  { language, top }: RunOptions['spec'],
  context: YosysContext,
): Promise<string | undefined> {
  const source = language === 'verilog' ? 'source.v' : 'source.sv';
  const script = [
    `read_verilog ${language === 'verilog' ? '' : '-sv '}${source}`,
    `synth -flatten -top ${top}`,
    ...(top === netlistTop ? [] : [`rename ${top} ${netlistTop}`]),
    `write_verilog -noattr ${written}`,
  ];
  const files = [{ path: source, content: asSynthesised(text) }];
  const { code, files: made } = await runYosys(script, files, [written], context);
  return code === 0 ? made[written] : undefined;
}
