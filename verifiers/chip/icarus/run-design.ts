import type { Ending, Limits, Sandbox } from '../../sandbox/index.ts';
import type { Diagnostic } from '../../verdict.ts';
import type { ChipSpec } from '../spec.ts';
import { type Plan, rowBytes } from '../stimulus/plan.ts';
import { type Compiled, compileDesign } from './compile-design.ts';
import { writeDriver } from './driver.ts';
import { type ElaboratedPort, portLines, readPorts } from './elaborated-ports.ts';
import { readIcarusMessages } from './icarus-messages.ts';
import { simulateImage } from './simulate-image.ts';
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

/** Elaborates and simulates one design, and nothing beside it, each in a sandboxed job. `text` is canonical. */
export async function runDesign(text: string, options: RunOptions): Promise<DesignRun> {
  const { spec, plan } = options;
  const file = designFile(spec);
  const driver = writeDriver(spec, plan);
  const context = { ...options, limits: limitsOf(spec), language: spec.language };
  // One file, since Icarus 11 fails on types of a compilation unit where it reads two units.
  const driven = await compileDesign(`${driver.text}\`line 1 "${file}" 0\n${text}`, {
    ...context,
    root: driver.module,
    file: `driven-${file}`,
  });
  if (driven.image !== undefined) {
    const { ending, stdout } = await simulateImage(driven.image, {
      ...options,
      limits: { ...context.limits, outputBytes: Math.max(1 << 20, plan.rows.length * rowBytes(plan)) },
      stdin: plan.rows.map((row) => `${row}\n`).join(''),
    });
    const found = elaborated(driven, spec, driver.hide(driven.messages));
    return { ...found, compiled: true, ending, trace: stdout.text, traceBytes: stdout.bytes };
  }
  // Whether the fault is the design's own, or its ports cannot be connected. A compiler that died is not asked again.
  const alone =
    driven.ending.by === 'exit' ? await compileDesign(text, { ...context, root: spec.top, file }) : driven;
  const found = elaborated(alone, spec, `${driver.hide(driven.messages)}\n${alone.messages}`);
  const { ending } = alone.image === undefined ? alone : driven;
  return { ...found, compiled: false, ending, trace: '', traceBytes: 0 };
}

/** What the image and the messages of a compiler tell of the design. */
function elaborated({ image }: Compiled, spec: ChipSpec, messages: string) {
  const ports = image === undefined ? undefined : readPorts(portLines(image), spec.top);
  return {
    elaborated: image !== undefined,
    ...(ports && { ports }),
    diagnostics: messagesOf(messages, designFile(spec)),
  };
}

/** The name under which messages speak of the design. */
export function designFile({ language }: Pick<ChipSpec, 'language'>): string {
  return language === 'verilog' ? 'candidate.v' : 'candidate.sv';
}

/** What a job of Icarus may use. */
export function limitsOf({ limits }: Pick<ChipSpec, 'limits'>): Limits {
  return {
    cpuMs: limits.cpuSeconds * 1000,
    memoryBytes: limits.memoryMiB << 20,
    processes: 8,
    diskBytes: 64 << 20,
    outputBytes: 1 << 20,
  };
}

function messagesOf(text: string, file: string): Diagnostic[] {
  return readIcarusMessages(text).filter((message) => message.file === undefined || message.file === file);
}
