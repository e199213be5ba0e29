import { z } from 'zod';
import { sharedFields, wireValueSchema } from '../shared-spec.ts';
import { signaturesSchema } from '../signature/schema.ts';

/** One call of the function under test. Exactly one of `returns` and `raises` is expected. */
const callCaseSchema = z
  .strictObject({
    name: z.string().optional(),
    args: z.array(wireValueSchema),
    /** Keyword arguments; Python only. */
    kwargs: z.record(z.string(), wireValueSchema).optional(),
    /** Another function of the candidate than `entry`. */
    call: z.string().optional(),
    returns: wireValueSchema.optional(),
    /** Name of the exception's class or of one of its bases. */
    raises: z.string().optional(),
    /** The positional arguments as they must stand after the call. */
    argsAfter: z.array(wireValueSchema).optional(),
  })
  .refine((test) => 'returns' in test !== 'raises' in test, {
    error: 'a case needs either "returns" or "raises"',
  });
export type CallCase = z.infer<typeof callCaseSchema>;

/** Calls of the candidate's functions with values. */
export const callsSpecSchema = z.strictObject({
  ...sharedFields,
  mode: z.literal('calls'),
  entry: z.string(),
  /** Of a compiled language: the types of the functions that are called, by name; `entry` must be among them. */
  signatures: signaturesSchema.optional(),
  /** TypeScript only: a type the exported `entry` must be assignable to, checked apart from the candidate. */
  entryType: z.string().optional(),
  cases: z.array(callCaseSchema).min(1),
});
export type CallsSpec = z.infer<typeof callsSpecSchema>;
