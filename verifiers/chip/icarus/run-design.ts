import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AssayError } from '../../errors.ts';
import type { Ending, Job, Sandbox } from '../../sandbox/index.ts';
import type { Diagnostic } from '../../verdict.ts';
import type { ChipSpec } from '../spec.ts';
import { type Plan, rowBytes } from '../stimulus/plan.ts';
import { compilerFor } from './compiler.ts';
import { type Driver, writeDriver } from './driver.ts';
import { type ElaboratedPort, readPorts } from './elaborated-ports.ts';
import { readIcarusMessages } from './icarus-messages.ts';
import { runDesignProgram } from './needs.ts';
import type { ChipTools } from './tools.ts';

/** What came of compiling and simulating one design under a driver. */
export type DesignRun = {
  /** Whether the design elaborated under the driver, so that it was simulated. */
  compiled: boolean;
  /** Whether it elaborated by itself. */
  elaborated: boolean;
  /** As elaborated; absent where it was not. */
  ports?: ElaboratedPort[];
  /** The compiler's messages about the design itself. */
  diagnostics: Diagnostic[];
  /** How the job ended: the compiler where `compiled` is false, else the simulator. */
  ending: Ending;
  /** What the simulator printed, and how many bytes of it there were. */
  trace: string;
  traceBytes: number;
};

export type RunOptions = {
  sandbox: Sandbox;
  tools: ChipTools;
  spec: ChipSpec;
  plan: Plan;
  signal?: AbortSignal;
};

/** What the program inside tells between compiling and simulating; see `programs/run_design.py`. */
const reportSchema = z.object({
  compiled: z.boolean(),
  alone: z.number().optional(),
  ports: z.array(z.string()),
});
type Report = z.infer<typeof reportSchema>;

/** Elaborates and simulates one design, and nothing beside it, in one sandboxed job. `text` is canonical. */
export async function runDesign(text: string, options: RunOptions): Promise<DesignRun> {
  const { sandbox, spec, plan, signal } = options;
  const mark = `\n${randomBytes(16).toString('hex')}`;
  const driver = writeDriver(spec, plan);
  const job = designJob(text, driver, mark, options);
  const { ending, stdout, stderr } = await sandbox.run(job, { ...(signal && { signal }) });
  const [messages = '', rest] = stderr.text.split(mark, 2);
  const report = readReport(rest);
  if (!report && ending.by === 'exit' && !stderr.truncated) {
    // Compilers that fail, die or run into a bound are reported or end the job otherwise.
    throw new AssayError('SANDBOX_FAULT', `the program that runs designs failed: ${stderr.text.slice(-400)}`);
  }
  const ports = readPorts(report?.ports ?? [], spec.top);
  return {
    compiled: report?.compiled ?? false,
    elaborated: report !== undefined && (report.compiled || report.alone === 0),
    ...(ports && { ports }),
    diagnostics: messagesOf(driver.hide(messages), designFile(spec)),
    ending,
    trace: stdout.text,
    traceBytes: stdout.bytes,
  };
}

/** The name under which messages speak of the design. */
export function designFile({ language }: Pick<ChipSpec, 'language'>): string {
  return language === 'verilog' ? 'candidate.v' : 'candidate.sv';
}

function designJob(text: string, driver: Driver, mark: string, { tools, spec, plan }: RunOptions): Job {
  const { language } = spec;
  const file = designFile(spec);
  const [image, aloneImage, driven] = ['driven.vvp', 'alone.vvp', `driven-${file}`];
  const under = compilerFor(tools, { language, root: driver.module, image, source: driven });
  const alone = compilerFor(tools, { language, root: spec.top, image: aloneImage, source: file });
  const task = {
    compile: under.command,
    alone: alone.command,
    image,
    aloneImage,
    simulate: ['vvp', '-N', image],
    erase: [driven, ...under.files.map(({ path }) => path)],
    ports: 2 * spec.ports.length + 64,
    mark,
  };
  return {
    argv: [...runDesignProgram, JSON.stringify(task)],
    files: [
      // One file, since Icarus 11 fails on types of a compilation unit where it reads two units.
      { path: driven, content: `${driver.text}\`line 1 "${file}" 0\n${text}` },
      { path: file, content: text },
      ...under.files,
      ...alone.files,
    ],
    stdin: plan.rows.map((row) => `${row}\n`).join(''),
    limits: {
      cpuMs: spec.limits.cpuSeconds * 1000,
      memoryBytes: spec.limits.memoryMiB << 20,
      processes: 8,
      diskBytes: 64 << 20,
      outputBytes: Math.max(1 << 20, plan.rows.length * rowBytes(plan)),
    },
  };
}

/** Undefined where compiling never came to its end, or so much was said before that the report was not kept. */
function readReport(text = ''): Report | undefined {
  const end = text.indexOf('\n');
  return end < 0 ? undefined : reportSchema.parse(JSON.parse(text.slice(0, end)));
}

function messagesOf(text: string, file: string): Diagnostic[] {
  return readIcarusMessages(text).filter((message) => message.file === undefined || message.file === file);
}
