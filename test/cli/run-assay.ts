import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { packageRoot } from '../../verifiers/paths.ts';

export const assayBin: string = join(packageRoot, 'bin/assay.mjs');

export type Ended = { exitCode: number | null; stdout: string; stderr: string };

type Options = { cwd?: string; stdin?: string | Uint8Array; env?: Record<string, string> };

/** Starts the built `assay` command. */
export function startAssay(
  args: string[],
  { cwd, stdin = '', env = {} }: Options = {},
): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [assayBin, ...args], { cwd, env: { ...process.env, ...env } });
  // A command that ends without reading closes the pipe.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  return child;
}

/** Runs the built `assay` command to its end. */
export async function runAssay(args: string[], options: Options = {}): Promise<Ended> {
  const child = startAssay(args, options);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { exitCode: await ended, stdout, stderr };
}
