import { z } from 'zod';
import { AssayError } from '../../errors.ts';
import type { Sandbox } from '../../sandbox/index.ts';
import type { Tool } from '../../verdict.ts';
import { probeToolsProgram } from './needs.ts';

const directSchema = z.object({
  program: z.string(),
  target: z.string(),
  settings: z.object({ 2005: z.string(), 2012: z.string() }),
});
const programSchema = z.object({ version: z.string(), program: z.string() }).nullable();
const probeSchema = z.object({
  icarus: z
    .object({
      version: z.string(),
      simulator: z.string(),
      libraries: z.array(z.string()),
      direct: directSchema.nullable(),
    })
    .nullable(),
  verilator: programSchema,
  yosys: z
    .object({ version: z.string(), command: z.array(z.string()), abc: z.string().nullable() })
    .nullable(),
});

/** How to call the compiler proper, without its front end; see `programs/probe_tools.py`. */
export type DirectCompiler = z.infer<typeof directSchema>;

/** The tools of chip design as they are inside the sandbox. */
export type ChipTools = {
  icarus: {
    version: string;
    simulator: string;
    /** Of the compiler and the simulator. */
    libraries: string[];
    direct: DirectCompiler | null;
  };
  verilator: z.infer<typeof programSchema>;
  /** `command` starts it: a program, or Node with the build for that. `abc` is the model checker that comes with it. */
  yosys: z.infer<typeof probeSchema>['yosys'];
};

let found: Promise<ChipTools> | undefined;

/**
 * Finds the tools inside the sandbox, once in the life of the process.
 * `TOOL_MISSING` where Icarus Verilog is not there or too old to tell the ports of a design.
 */
export function findTools(sandbox: Sandbox): Promise<ChipTools> {
  if (!found) {
    const probe = probeTools(sandbox);
    probe.catch(() => {
      found = undefined;
    });
    found = probe;
  }
  return found;
}

const limits = {
  cpuMs: 20_000,
  memoryBytes: 512 << 20,
  processes: 32,
  diskBytes: 16 << 20,
  outputBytes: 1 << 20,
};

async function probeTools(sandbox: Sandbox): Promise<ChipTools> {
  const { stdout, stderr, ending } = await sandbox.run({ argv: probeToolsProgram, limits });
  if (ending.by !== 'exit' || ending.code !== 0)
    throw new AssayError(
      'SANDBOX_FAULT',
      `the probe of the chip tools ended by ${ending.by}: ${stderr.text.slice(-400)}`,
    );
  const { icarus, ...others } = probeSchema.parse(JSON.parse(stdout.text));
  const remedy = 'install Icarus Verilog 11 or newer (Debian: apt-get install iverilog)';
  if (!icarus) throw new AssayError('TOOL_MISSING', `iverilog and vvp are not on the search path; ${remedy}`);
  if (Number.parseInt(icarus.version, 10) < 11)
    throw new AssayError('TOOL_MISSING', `Icarus Verilog ${icarus.version} is too old; ${remedy}`);
  return { icarus, ...others };
}

/** The tools as a verdict records them. */
export function toolVersions(tools: ChipTools, used: { lint: boolean; proof: boolean }): Tool[] {
  const { icarus, verilator, yosys } = tools;
  return [
    { name: 'iverilog', version: icarus.version },
    { name: 'vvp', version: icarus.version },
    ...(used.lint && verilator ? [{ name: 'verilator', version: verilator.version }] : []),
    ...(used.proof && yosys ? [{ name: 'yosys', version: yosys.version }] : []),
  ];
}
