import { type Command, InvalidArgumentError } from 'commander';
import type { SandboxHost } from '../verifiers/sandbox/index.ts';

/** The options of every command that runs candidates. */
export type SandboxFlags = { concurrency?: number; unsafeNoSandbox?: boolean };

/** Adds the options of `SandboxFlags` to a command. */
export function addSandboxOptions(command: Command): Command {
  return command
    .option('--concurrency <n>', 'jobs at the same time (default: one a core)', atLeast(1))
    .option('--unsafe-no-sandbox', 'run candidates without isolation; every verdict says so');
}

/** Parses a whole number of at least `least`, for commander's options. */
export function atLeast(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`A whole number of at least ${least} was expected.`);
  };
}

/** Opens the sandbox of all verifiers, and closes it whatever becomes of `use`. */
export async function withSandbox<Result>(
  flags: SandboxFlags,
  use: (sandbox: SandboxHost) => Promise<Result>,
): Promise<Result> {
  const { openVerifierSandbox } = await import('../verifiers/open.ts');
  const { concurrency: slots, unsafeNoSandbox: unsafe = false } = flags;
  const sandbox = await openVerifierSandbox({ unsafe, ...(slots !== undefined && { slots }) });
  try {
    return await use(sandbox);
  } finally {
    await sandbox.close();
  }
}
