import type { CallOptions, JobResult, Limits, Sandbox } from '../../sandbox/index.ts';
import type { ChipTools } from './tools.ts';

export type SimulateOptions = CallOptions & {
  sandbox: Sandbox;
  tools: ChipTools;
  limits: Limits;
  /** What the design finds on standard input; or `hidden`, and no file of the image is left for it to read. */
  stdin?: string;
  hidden?: true;
};

const file = 'design.vvp';

/** Runs a compiled design in a job of its own, which holds nothing else. */
export function simulateImage(image: string, options: SimulateOptions): Promise<JobResult> {
  const { sandbox, tools, limits, stdin = '', hidden, signal } = options;
  const { simulator, libraries } = tools.icarus;
  const job = {
    argv: [simulator, '-N', hidden ? '/dev/stdin' : file],
    files: hidden ? [] : [{ path: file, content: image }],
    // A pipe, which is read once, and that by the simulator before the design begins.
    stdin: hidden ? image : stdin,
    tool: { libraries },
    limits,
  };
  return sandbox.run(job, { ...(signal && { signal }) });
}
