import { AssayError } from '../../errors.ts';
import type { Sandbox } from '../../sandbox/index.ts';
import type { Tool } from '../../verdict.ts';
import { cocotbMount } from '../icarus/needs.ts';
import type { BenchSpec } from './spec.ts';

const limits = {
  cpuMs: 20_000,
  memoryBytes: 512 << 20,
  processes: 16,
  diskBytes: 16 << 20,
  outputBytes: 64 << 10,
};
const probe = 'import cocotb, pytest, cocotb_tools.runner; print(cocotb.__version__)';

let found: Promise<string> | undefined;

/**
 * The version of cocotb inside the sandbox, at `cocotbMount`; tried once in the life of the process.
 * `TOOL_MISSING` where it or pytest is not there or does not work, with what mends that.
 */
export function findCocotb(sandbox: Sandbox): Promise<string> {
  if (!found) {
    const tried = tryCocotb(sandbox);
    tried.catch(() => {
      found = undefined;
    });
    found = tried;
  }
  return found;
}

/** What a bench needs beside Icarus, as a verdict records it. */
export async function benchTools(bench: BenchSpec | undefined, sandbox: Sandbox): Promise<Tool[]> {
  return bench?.kind === 'cocotb' ? [{ name: 'cocotb', version: await findCocotb(sandbox) }] : [];
}

async function tryCocotb(sandbox: Sandbox): Promise<string> {
  const env = { PYTHONPATH: cocotbMount };
  const { ending, stdout, stderr } = await sandbox.run({ argv: ['python3', '-B', '-c', probe], env, limits });
  if (ending.by === 'exit' && ending.code === 0) return stdout.text.trim();
  const why = stderr.text.trim().split('\n').at(-1) ?? '';
  throw new AssayError(
    'TOOL_MISSING',
    `this task's harness needs cocotb and pytest in the sandbox (${why}) — run "assay tools cocotb" once, or set ASSAY_COCOTB to a folder that "pip install --target" filled`,
  );
}
