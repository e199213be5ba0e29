import { z } from 'zod';
import { AssayError } from '../../errors.ts';
import { jsonIn } from '../../json-in.ts';
import { type Captured, captured, type Ending, signalName } from '../../sandbox/index.ts';

const streamSchema = z.strictObject({ base64: z.string(), bytes: z.number() });
const limitNames = ['cpu-limit', 'wall-limit', 'memory-limit', 'output-limit', 'overloaded'] as const;

/** The reply of `drivers/programs.py` to one input. */
const runReplySchema = z.strictObject({
  id: z.number(),
  end: z.union([
    z.strictObject({ exit: z.number() }),
    z.strictObject({ signal: z.number() }),
    z.strictObject({ limit: z.enum(limitNames) }),
  ]),
  out: streamSchema,
  err: streamSchema,
  /** The job ends here, although there may be more inputs. */
  last: z.boolean(),
});

/** How one run of a program went. */
export type Run = { ending: Ending; stdout: Captured; stderr: Captured };

/** Reads one reply; undefined when the driver cannot have written it for this input. */
export function readRun(line: string, id: number): Run | undefined {
  const reply = runReplySchema.safeParse(jsonIn(line)).data;
  if (reply?.id !== id) return undefined;
  const { end, out, err } = reply;
  return { ending: endingOf(end), stdout: headOf(out), stderr: headOf(err) };
}

function endingOf(end: z.infer<typeof runReplySchema>['end']): Ending {
  if ('exit' in end) return { by: 'exit', code: end.exit };
  if ('signal' in end) return { by: 'signal', signal: signalName(end.signal) };
  if (end.limit !== 'overloaded') return { by: end.limit };
  throw new AssayError('HOST_OVERLOADED', 'the machine was too busy to give the candidate its time');
}

function headOf({ base64, bytes }: z.infer<typeof streamSchema>): Captured {
  return captured(Buffer.from(base64, 'base64'), bytes);
}
