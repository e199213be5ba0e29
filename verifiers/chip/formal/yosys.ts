import { randomBytes } from 'node:crypto';
import { AssayError } from '../../errors.ts';
import { type Ending, type JobFile, productPath, type Sandbox } from '../../sandbox/index.ts';
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

const memoryBytes = 768 << 20;
const outputBytes = 24 << 20;
const scriptFile = 'script';
/** How `programs/yosys.mjs` ends where there is nothing to run. */
const notLoaded = 70;
/** How many times longer the build for Node may take. */
const slowdown = 3;

/**
 * Runs a script over files, alone in a sandbox; `outputs` are files that it writes, in this order. What Yosys prints is
 * thrown away: a design could have a part in it.
 */
export async function runYosys(
  script: readonly string[],
  files: readonly JobFile[],
  outputs: readonly string[],
  context: YosysContext,
): Promise<YosysRun> {
  const mark = randomBytes(16).toString('hex');
  const handed = script.flatMap((line) => {
    const output = outputs.find((name) => line.split(' ').includes(name));
    return output === undefined
      ? [line]
      : [line.replace(output, productPath), `tee -q -a ${productPath} log ${mark}`];
  });
  const argv = [...context.yosys.command, '-Q', '-T', '-q', '-s', scriptFile];
  const isForNode = context.yosys.command.length > 1;
  const { text, ...run } = await runScript(argv, handed, files, { ...context, isForNode });
  const parts = text.split(`${mark}\n`);
  const written = outputs.flatMap((name, index) => (parts[index] ? [[name, parts[index]]] : []));
  return { ...run, files: Object.fromEntries(written) };
}

/**
 * Runs a script of ABC, the model checker that comes with Yosys; `text` is what it writes to `productPath`. Undefined where it
 * is not there.
 */
export async function runAbc(
  script: readonly string[],
  files: readonly JobFile[],
  context: YosysContext,
): Promise<{ text: string } | undefined> {
  const { abc } = context.yosys;
  return abc === null ? undefined : runScript([abc, '-s', '-f', scriptFile], script, files, context);
}

async function runScript(
  argv: readonly string[],
  script: readonly string[],
  files: readonly JobFile[],
  { sandbox, cpuSeconds, signal, isForNode = false }: YosysContext & { isForNode?: boolean },
): Promise<Omit<YosysRun, 'files'> & { text: string }> {
  const job = {
    argv,
    files: [...files, { path: scriptFile, content: script.map((line) => `${line}\n`).join('') }],
    product: true,
    ...(!isForNode && { tool: { libraries: [] } }),
    limits: {
      cpuMs: cpuSeconds * 1000 * (isForNode ? slowdown : 1),
      memoryBytes,
      processes: 32,
      diskBytes: 64 << 20,
      outputBytes,
    },
  };
  const { ending, stdout } = await sandbox.run(job, { ...(signal && { signal }) });
  if (ending.by !== 'exit') return { ending, text: '' };
  if (isForNode && ending.code === notLoaded)
    throw new AssayError('SANDBOX_FAULT', 'the build of Yosys for Node cannot be loaded in the sandbox');
  if (stdout.truncated) return { ending: { by: 'output-limit' }, text: '' };
  return { ending, code: ending.code, text: stdout.text };
}
