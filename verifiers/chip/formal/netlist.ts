import type { ChipSpec } from '../spec.ts';
import { type Circuit, netlistTop, readCircuit } from './circuit.ts';
import { hasOneDriverEach } from './drivers.ts';
import { runYosys, type YosysContext } from './yosys.ts';

/** A design as Yosys reads it: `text` in its own notation, with memories taken apart, and `verilog` with them whole. */
export type Netlist = { circuit: Circuit; text: string; verilog: string };

/** A netlist, or why there is none; `why` goes on from "the design". */
export type NetlistResult = Netlist | { why: string };

const written = { circuit: 'netlist.json', verilog: 'netlist.v', text: 'netlist.il' };

/**
 * Reads one canonical design, alone in a sandbox. A net with two drivers or a loop without a register has no place in a
 * proof: as equations they can have no solution, and whatever has no solution is never a counterexample.
 */
export async function readNetlist(
  text: string,
  spec: ReadSpec,
  context: YosysContext,
): Promise<NetlistResult> {
  const script = [
    ...readScript(spec),
    'opt_expr -keepdc',
    'opt_clean',
    'memory_collect',
    'opt_clean',
    `write_json ${written.circuit}`,
    `write_verilog -noattr ${written.verilog}`,
    'memory_map',
    'opt_clean',
    `write_rtlil ${written.text}`,
  ];
  const files = [sourceFile(text, spec)];
  const run = await runYosys(script, files, Object.values(written), context);
  if (run.code === undefined) return { why: 'is too large for Yosys to read within its bounds' };
  const json = run.files[written.circuit];
  const circuit = run.code === 0 && json ? readCircuit(json) : undefined;
  if (!circuit || !hasOneDriverEach(circuit))
    return { why: 'has what Yosys cannot read, a net with two drivers, or a loop without a register' };
  return {
    circuit,
    text: run.files[written.text] ?? '',
    verilog: run.files[written.verilog] ?? '',
  };
}

/** What a netlist is simulated by: the values of parameters are in it already. */
export const netlistSpec = (spec: ChipSpec): ChipSpec => ({ ...spec, top: netlistTop, parameters: {} });

type ReadSpec = Pick<ChipSpec, 'language' | 'top' | 'parameters'>;

const sources = { verilog: 'source.v', systemverilog: 'source.sv' } as const;

/** The file from which `readScript` reads a design. */
export const sourceFile = (text: string, { language }: ReadSpec) => ({
  path: sources[language],
  content: asSynthesised(text),
});

/** Reads a design into one flat module, and ends where nets have two drivers or loops have no register. */
export function readScript({ language, top, parameters }: ReadSpec): string[] {
  return [
    `read_verilog ${language === 'verilog' ? '' : '-sv '}${sources[language]}`,
    ...Object.entries(parameters).map(([name, value]) => `chparam -set ${name} ${value} ${top}`),
    `hierarchy -check -top ${top}`,
    'proc',
    'flatten',
    'setundef -undriven -undef',
    'check -assert',
    ...(top === netlistTop ? [] : [`delete =${netlistTop}`, `rename ${top} ${netlistTop}`]),
    `hierarchy -top ${netlistTop}`,
  ];
}

/** Yosys refuses a latch in `always_comb`, also where the state that would latch is never reached. */
export function asSynthesised(text: string): string {
  return text.replace(/\balways_comb\b/g, 'always @*');
}
