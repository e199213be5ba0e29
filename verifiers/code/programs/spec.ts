import { z } from 'zod';
import { languages } from '../languages/index.ts';
import { sharedFields } from '../shared-spec.ts';

/** Whatever is compiled apart from the candidate's own checks may check. */
const checkerLanguages = [...languages.values()]
  .filter(({ compile }) => compile.by !== 'type-checker')
  .map(({ name }) => name);

/** One run of the candidate as a program. */
export const programCaseSchema = z.strictObject({
  name: z.string().optional(),
  stdin: z.string(),
  stdout: z.string(),
  exitCode: z.number().int().default(0),
});
export type ProgramCase = z.infer<typeof programCaseSchema>;

/**
 * A program of the task's that says whether an output is right: it finds the files `input`, `output` and `expected`,
 * named in its arguments in this order, and ends with 0 to accept and with 1 or 2 to reject. It runs where no
 * candidate does.
 */
const checkerSchema = z.strictObject({ language: z.enum(checkerLanguages), source: z.string().min(1) });
export type Checker = z.infer<typeof checkerSchema>;

/** The candidate as a program that reads standard input and writes standard output. */
export const programSpecSchema = z.strictObject({
  ...sharedFields,
  mode: z.literal('program'),
  cases: z.array(programCaseSchema).min(1),
  /** Judges outputs instead of a comparison of texts. */
  checker: checkerSchema.optional(),
});
export type ProgramSpec = z.infer<typeof programSpecSchema>;
