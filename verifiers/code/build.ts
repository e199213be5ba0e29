import { z } from 'zod';
import { AssayError } from '../errors.ts';
import type { CallOptions, JobFile, JobResult, Sandbox } from '../sandbox/index.ts';
import { head } from './ending.ts';
import type { Language } from './languages/index.ts';
import type { Toolchain } from './languages/toolchain.ts';

export type ByCommand = Extract<Language['compile'], { by: 'command' }>;

/** The program that runs compilers; it is kept warm. */
export const buildDriver = ['python3', '-s', '-S', '-B', '/opt/assay/drivers/build.py'] as const;

/** The compiler of a language that commands compile. */
export function compilerOf({ compile }: Language): ByCommand {
  if (compile.by === 'command') return compile;
  throw new Error('a language that no command compiles got past the table of compilers');
}

/** What is compiled, by which commands, and the patterns of the files that are wanted of it. */
export type Build = {
  /** The file that `$candidate` stands for. */
  main: string;
  files: readonly JobFile[];
  steps: readonly string[][];
  output: readonly string[];
};

/** Runs the commands of a build in a sandbox of their own. */
export function runBuild(
  { main, files, steps, output }: Build,
  { environment, limits }: ByCommand,
  toolchain: Toolchain,
  sandbox: Sandbox,
  options: CallOptions,
): Promise<JobResult> {
  const question = { steps: steps.map((step) => wordsOf(step, main, toolchain)), output, environment };
  return sandbox.run(
    {
      argv: buildDriver,
      files,
      exchange: [JSON.stringify(question)],
      limits: {
        cpuMs: limits.cpuSeconds * 1000,
        memoryBytes: limits.memoryMiB << 20,
        processes: limits.processes,
        diskBytes: limits.diskMiB << 20,
        outputBytes: 65536,
      },
    },
    options,
  );
}

/** The words of a command, with what stands for others replaced. */
export function wordsOf(
  argv: readonly string[],
  main: string,
  { commands, prepared, drivers }: Toolchain,
): string[] {
  return argv.map((word, index) => {
    const command = index === 0 ? commands.get(word) : undefined;
    if (command !== undefined) return command;
    return word.replace('$candidate', main).replace('$prepared', prepared).replace('$drivers', drivers);
  });
}

/** What `drivers/build.py` replies. */
export const buildReplySchema = z.strictObject({
  steps: z.array(z.strictObject({ status: z.number(), text: z.string() })),
  files: z.array(z.strictObject({ path: z.string(), base64: z.string() })),
});
export type BuildReply = z.infer<typeof buildReplySchema>;

/** Sources are only read by a compiler, so that a reply is the driver's own; undefined when a limit came before. */
export function readBuildReply({ replies: [line], ending, stderr }: JobResult): BuildReply | undefined {
  if (line !== undefined) return buildReplySchema.parse(JSON.parse(line));
  if (ending.by !== 'exit') return undefined;
  throw new AssayError('SANDBOX_FAULT', `the compiler did not start: ${head(stderr, 500) ?? 'no message'}`);
}

/** The files that a build made. */
export function builtFiles({ files }: BuildReply): { path: string; content: Buffer }[] {
  return files.map(({ path, base64 }) => ({ path, content: Buffer.from(base64, 'base64') }));
}
