import { z } from 'zod';
import { AssayError } from '../../errors.ts';
import type { Ending, JobFile, Sandbox } from '../../sandbox/index.ts';
import { runYosysProgram } from '../icarus/needs.ts';
import type { ChipTools } from '../icarus/tools.ts';

/** What a script of Yosys needs to run, and how far it may go. */
export type YosysContext = {
  sandbox: Sandbox;
  yosys: NonNullable<ChipTools['yosys']>;
  cpuSeconds: number;
  signal?: AbortSignal;
};

/**
 * How a script ended: `code` is that of Yosys, 0 where each of its commands did what it had to; absent where a bound or a
 * crash ended it. `files` holds the outputs that were written.
 */
export type YosysRun = { code?: number; ending: Ending; files: Record<string, string> };

const answerSchema = z.object({ code: z.number(), files: z.record(z.string(), z.string()) });

const memoryBytes = 768 << 20;
const outputBytes = 24 << 20;

/** Runs a script over files, alone in a sandbox. What Yosys prints is thrown away: a design could have a part in it. */
export async function runYosys(
  script: readonly string[],
  files: readonly JobFile[],
  outputs: readonly string[],
  context: YosysContext,
): Promise<YosysRun> {
  return runScript([context.yosys.program, '-Q', '-T', '-q', '-s'], script, files, outputs, context);
}

/** Runs a script of ABC, the model checker that comes with Yosys; undefined where it is not there. */
export async function runAbc(
  script: readonly string[],
  files: readonly JobFile[],
  outputs: readonly string[],
  context: YosysContext,
): Promise<YosysRun | undefined> {
  const { abc } = context.yosys;
  return abc === null ? undefined : runScript([abc, '-s', '-f'], script, files, outputs, context);
}

const scriptFile = 'script';

async function runScript(
  program: readonly string[],
  script: readonly string[],
  files: readonly JobFile[],
  outputs: readonly string[],
  { sandbox, cpuSeconds, signal }: YosysContext,
): Promise<YosysRun> {
  const command = [...program, scriptFile];
  const job = {
    argv: [...runYosysProgram, JSON.stringify({ command, outputs, limit: outputBytes })],
    files: [...files, { path: scriptFile, content: script.map((line) => `${line}\n`).join('') }],
    limits: { cpuMs: cpuSeconds * 1000, memoryBytes, processes: 8, diskBytes: 64 << 20, outputBytes },
  };
  const { ending, stdout, stderr } = await sandbox.run(job, { ...(signal && { signal }) });
  if (ending.by !== 'exit') return { ending, files: {} };
  if (ending.code !== 0)
    throw new AssayError('SANDBOX_FAULT', `the program that runs Yosys failed: ${stderr.text.slice(-400)}`);
  if (stdout.truncated) return { ending: { by: 'output-limit' }, files: {} };
  return { ending, ...answerSchema.parse(JSON.parse(stdout.text)) };
}
