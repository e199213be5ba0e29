import type { Sandbox } from '../../sandbox/index.ts';
import type { Diagnostic } from '../../verdict.ts';
import type { ChipSpec } from '../spec.ts';
import { compilerFor } from './compiler.ts';
import { readIcarusMessages } from './icarus-messages.ts';
import { designFile } from './run-design.ts';
import type { ChipTools } from './tools.ts';

export type CompileAloneOptions = {
  sandbox: Sandbox;
  tools: ChipTools;
  spec: ChipSpec;
  signal?: AbortSignal;
};

/** What the compiler says of a design by itself, all warnings on. */
export async function compileAlone(
  text: string,
  { sandbox, tools, spec, signal }: CompileAloneOptions,
): Promise<Diagnostic[]> {
  const source = designFile(spec);
  const { language, top, limits } = spec;
  const { command, files } = compilerFor(tools, { language, root: top, image: 'alone.vvp', source });
  const { stdout, stderr } = await sandbox.run(
    {
      argv: command,
      files: [{ path: source, content: text }, ...files],
      limits: {
        cpuMs: limits.cpuSeconds * 1000,
        memoryBytes: limits.memoryMiB << 20,
        processes: 8,
        diskBytes: 64 << 20,
        outputBytes: 1 << 20,
      },
    },
    { ...(signal && { signal }) },
  );
  return readIcarusMessages(`${stderr.text}\n${stdout.text}`);
}
