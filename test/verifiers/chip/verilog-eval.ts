import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChipSpec, chipSpecSchema, type Port } from '../../../verifiers/chip/spec.ts';
import { packageRoot } from '../../../verifiers/paths.ts';
import type { VerifiableTask } from '../../../verifiers/task.ts';

/** Where the public data sets lie, if they are there at all. */
export const dataFolder = process.env.ASSAY_DATA ?? join(packageRoot, '../shared/data');

export const variants = ['dataset_spec-to-rtl', 'dataset_code-complete-iccad2023'] as const;

export type ChipTask = VerifiableTask & { verify: ChipSpec };

/** The text of every reference design of VerilogEval, by problem; empty where the data is absent. */
export function verilogEvalReferences(variant: (typeof variants)[number]): { name: string; text: string }[] {
  const folder = join(dataFolder, 'verilog-eval', variant);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('_ref.sv'));
  return files.map((file) => ({
    name: file.replace('_ref.sv', ''),
    text: readFileSync(join(folder, file), 'utf8'),
  }));
}

/** A task of ours made of a reference alone: its ports read from the header, its clock and reset told by their names. */
export function taskOfReference(name: string, text: string): ChipTask {
  const reference = text.replaceAll('RefModule', 'TopModule');
  const ports = portsOf(reference);
  const inputs = ports.filter(({ direction }) => direction === 'input').map((port) => port.name);
  const clock = inputs.find((input) => /^(clk|clock)$/.test(input));
  const reset = inputs.find((input) => /^(a|s)?(reset|rst)n?$|^ar$|^r$/.test(input) && input !== 'r');
  const isAsync = new RegExp(`(posedge|negedge) ${reset}\\b`).test(reference);
  const verify = chipSpecSchema.parse({
    kind: 'chip',
    top: 'TopModule',
    ports,
    ...(clock && { clock: { port: clock, edge: /posedge cl/.test(reference) ? 'posedge' : 'negedge' } }),
    ...(clock &&
      reset && {
        reset: {
          port: reset,
          active: reset.endsWith('n') ? 'low' : 'high',
          kind: isAsync ? 'async' : 'sync',
        },
      }),
    lint: 'off',
  });
  return { id: `verilog-eval/${name}`, verify, reference };
}

function portsOf(text: string): Port[] {
  const header = text.slice(text.indexOf('('), text.indexOf(');'));
  const port = /\b(input|output)\s+(?:logic|reg|wire)?\s*(?:signed)?\s*(?:\[(\d+):(\d+)\])?\s*(\w+)/g;
  return [...header.matchAll(port)].map(([, direction, high = '0', low = '0', name = '']) => ({
    name,
    direction: direction === 'input' ? 'input' : 'output',
    width: Math.abs(Number(high) - Number(low)) + 1,
  }));
}

/** A design with the ports of a task whose outputs are all constant. */
export function constantDesign({ verify }: ChipTask, digit: '0' | '1' | 'x'): string {
  const ports = verify.ports.map(({ name, direction, width }) => `${direction} [${width - 1}:0] ${name}`);
  const outputs = verify.ports.filter(({ direction }) => direction === 'output');
  const assigns = outputs.map(({ name, width }) => `  assign ${name} = {${width}{1'b${digit}}};\n`);
  return `module ${verify.top}(${ports.join(', ')});\n${assigns.join('')}endmodule\n`;
}
