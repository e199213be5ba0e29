import { z } from 'zod';
import { AssayError } from '../../errors.ts';
import type { CallOptions, Sandbox } from '../../sandbox/index.ts';
import { describeEnding } from '../ending.ts';
import { wireValueSchema } from '../shared-spec.ts';
import type { Input } from './input.ts';

/** How one input is drawn: at random, or by the choices of another with changes. */
export type Plan = { seed: string } | { choices: readonly number[] };

const argv = ['python3', '-s', '-S', '-B', '/opt/assay/drivers/python_generator.py'] as const;
const limits = {
  cpuMs: 5000,
  memoryBytes: 512 << 20,
  processes: 48,
  diskBytes: 1 << 20,
  outputBytes: 65_536,
};

const replySchema = z.union([
  z.strictObject({ args: z.array(wireValueSchema), choices: z.array(z.number()) }),
  z.strictObject({ tooMany: z.literal(true) }),
  z.strictObject({ fault: z.string() }),
  z.strictObject({ ready: z.literal(true) }),
]);

/**
 * The inputs that a task's generator makes, in a sandbox of its own; undefined for a plan by which it would draw without
 * end. Throws `TASK_GENERATOR_FAILED` for a generator that breaks.
 */
export async function drawByProgram(
  source: string,
  plans: readonly Plan[],
  sandbox: Sandbox,
  options: CallOptions,
): Promise<(Input | undefined)[]> {
  const exchange = [{ source }, ...plans].map((line) => JSON.stringify(line));
  const { replies, ending } = await sandbox.run({ argv, exchange, limits }, options);
  // No candidate runs there, so that all replies are the driver's own.
  const read = replies.map((line) => replySchema.parse(JSON.parse(line)));
  const fault = read.find((reply) => 'fault' in reply);
  if (fault) throw broken(fault.fault);
  if (read.length <= plans.length) throw broken(describeEnding(ending).text);
  return read.slice(1).map((reply) => ('args' in reply ? reply : undefined));
}

export const broken = (why: string): AssayError =>
  new AssayError(
    'TASK_GENERATOR_FAILED',
    `the generator of the task breaks: ${why} — mend "verify.generator"`,
  );
