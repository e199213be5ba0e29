import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AssayError } from '../../errors.ts';
import type { Job, Sandbox } from '../../sandbox/index.ts';
import type { Diagnostic } from '../../verdict.ts';
import { endingFault } from '../endings.ts';
import { compilerFor } from '../icarus/compiler.ts';
import { readIcarusMessages } from '../icarus/icarus-messages.ts';
import { runDesignProgram } from '../icarus/needs.ts';
import type { ChipTools } from '../icarus/tools.ts';
import { disguised, type Subject } from './designs.ts';
import type { TestbenchSpec } from './spec.ts';

/** What a testbench said of one design; `why` where it said nothing that counts. */
export type Opinion = { said: 'PASS' | 'FAIL' | 'nothing'; why?: string; diagnostics: Diagnostic[] };

export type BenchContext = {
  sandbox: Sandbox;
  tools: ChipTools;
  spec: TestbenchSpec;
  signal?: AbortSignal;
};

const reportSchema = z.object({ compiled: z.boolean() });
const maxOutputBytes = 1 << 20;

/**
 * Runs a testbench against one design, in a job of its own: it never meets two designs, and nothing in its sandbox tells
 * which one this is. `bench` is canonical.
 */
export async function runBench(bench: string, subject: Subject, context: BenchContext): Promise<Opinion> {
  const { sandbox, spec, signal } = context;
  const mark = `\n${randomBytes(16).toString('hex')}`;
  const job = benchJob(bench, disguised(subject, spec.top), mark, context);
  const { ending, stdout, stderr } = await sandbox.run(job, { ...(signal && { signal }) });
  const [messages = '', rest] = stderr.text.split(mark, 2);
  const report = readReport(rest);
  if (!report && ending.by === 'exit' && !stderr.truncated) {
    const tail = stderr.text.slice(-400);
    throw new AssayError('SANDBOX_FAULT', `the program that runs testbenches failed: ${tail}`);
  }
  const file = benchFile(spec);
  // The testbench is given our time scale, of which a compiler may remark.
  const diagnostics = readIcarusMessages(messages).filter(
    (found) => found.file === file && !found.message.startsWith('timescale'),
  );
  if (!report?.compiled) {
    const fault = ending.by === 'exit' ? undefined : endingFault(ending, 'the compiler', spec.limits);
    return { said: 'nothing', why: fault?.message ?? 'it does not compile', diagnostics };
  }
  // `$fatal` ends a simulation with exit code 1, which is no fault of its own.
  const isEnded = ending.by === 'exit' && ending.code <= 1;
  const stopped = isEnded ? undefined : endingFault(ending, 'the simulation', spec.limits);
  if (stopped) return { said: 'nothing', why: stopped.message, diagnostics };
  const said = lastWord(stdout.text);
  return said ? { said, diagnostics } : { said: 'nothing', why: 'no line is PASS or FAIL', diagnostics };
}

/** The last line that is one of the two words alone; simulators add lines of their own at the end. */
export function lastWord(output: string): 'PASS' | 'FAIL' | undefined {
  const found = output
    .match(/^[ \t]*(PASS|FAIL)[ \t]*\r?$/gm)
    ?.at(-1)
    ?.trim();
  return found === 'PASS' || found === 'FAIL' ? found : undefined;
}

function benchFile({ language }: TestbenchSpec): string {
  return language === 'verilog' ? 'candidate.v' : 'candidate.sv';
}

function benchJob(bench: string, design: string, mark: string, { tools, spec }: BenchContext): Job {
  const [image, source] = ['run.vvp', 'run.sv'];
  const { command, files } = compilerFor(tools, { language: spec.language, root: spec.bench, image, source });
  const task = {
    compile: command,
    alone: ['true'],
    image,
    aloneImage: image,
    simulate: ['vvp', '-N', image],
    erase: [source, ...files.map(({ path }) => path)],
    ports: 1,
    hidden: true,
    mark,
  };
  // One file, since Icarus 11 fails on types of a compilation unit where it reads two units.
  const parts = ['`timescale 1ns/1ps', '`line 1 "design.sv" 0', design, '`resetall', '`timescale 1ns/1ps'];
  const content = `${parts.join('\n')}\n\`line 1 "${benchFile(spec)}" 0\n${bench}`;
  return {
    argv: [...runDesignProgram, JSON.stringify(task)],
    files: [{ path: source, content }, ...files],
    limits: {
      cpuMs: spec.limits.cpuSeconds * 1000,
      memoryBytes: spec.limits.memoryMiB << 20,
      processes: 8,
      diskBytes: 64 << 20,
      outputBytes: maxOutputBytes,
    },
  };
}

/** Undefined where compiling never came to its end, or so much was said before that the report was not kept. */
function readReport(text = ''): z.infer<typeof reportSchema> | undefined {
  const end = text.indexOf('\n');
  return end < 0 ? undefined : reportSchema.parse(JSON.parse(text.slice(0, end)));
}
