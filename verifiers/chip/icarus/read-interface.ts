import type { Sandbox } from '../../sandbox/index.ts';
import type { ChipSpec } from '../spec.ts';
import { type ElaboratedPort, readPorts } from './elaborated-ports.ts';
import { readIcarusMessages } from './icarus-messages.ts';

/** The ports of a design as the compiler elaborated it, or why it did not. */
export type Interface = { ports: ElaboratedPort[]; fault?: undefined } | { ports?: undefined; fault: string };

const limits = {
  cpuMs: 20_000,
  memoryBytes: 512 << 20,
  processes: 16,
  diskBytes: 64 << 20,
  outputBytes: 4 << 20,
};
const generations: Record<ChipSpec['language'], string> = { verilog: '2005', systemverilog: '2012' };

/** Reads names, directions and widths of the ports of `top` off its text, by elaborating it in the sandbox. */
export async function readInterface(
  sandbox: Sandbox,
  { text, top, language }: { text: string; top: string; language: ChipSpec['language'] },
): Promise<Interface> {
  const compile = `iverilog -g${generations[language]} -s ${top} -o design.vvp design.sv`;
  const { ending, stdout, stderr } = await sandbox.run({
    argv: ['sh', '-c', `${compile} && grep -E '[.](scope module|port_info)' design.vvp`],
    files: [{ path: 'design.sv', content: text }],
    limits,
  });
  const ports = readPorts(
    stdout.text.split('\n').map((line) => line.trim()),
    top,
  );
  if (ending.by === 'exit' && ending.code === 0 && ports && ports.length > 0) return { ports };
  const said = readIcarusMessages(stderr.text).find(({ severity }) => severity === 'error');
  if (said) return { fault: `${said.line === undefined ? '' : `line ${said.line}: `}${said.message}` };
  return { fault: ports ? `module ${top} has no ports` : `module ${top} did not elaborate` };
}
