import { z } from 'zod';
import { chipTaskSchema } from '../verifiers/chip/task-spec.ts';
import { codeTaskSchema } from '../verifiers/code/spec.ts';
import { frameSchema } from '../verifiers/frame.ts';
import type { Recorded } from './parameters/instance.ts';

/** A candidate that is known to be wrong, and why: a file, or the reference with the one place of `replace` changed. */
export const mutantSchema = z
  .strictObject({
    file: z.string().optional(),
    replace: z.string().min(1).optional(),
    with: z.string().optional(),
    fault: z.string().min(1),
  })
  .refine(
    ({ file, replace, with: text }) =>
      (file === undefined) === (replace !== undefined) && (replace === undefined) === (text === undefined),
    { error: 'a mutant needs either "file", or "replace" and "with"' },
  );

/** A recorded answer of a policy, for the embedded policy server. Either verbatim, or a file shown in a fence. */
export const completionSchema = z
  .strictObject({
    kind: z.enum(['right', 'wrong', 'malformed', 'hacking']),
    text: z.string().optional(),
    file: z.string().optional(),
    /** Words put before the fence when `file` is given. */
    before: z.string().optional(),
  })
  .refine((completion) => (completion.text === undefined) !== (completion.file === undefined), {
    error: 'a completion needs either "text" or "file"',
  });

/** What a policy may see of a judged attempt in a multi-turn episode. */
export const feedbackSchema = z
  .strictObject({
    diagnostics: z.boolean().default(true),
    /** `names`: names and counts of failing tests; `counts`: counts alone; `none`. */
    tests: z.enum(['names', 'counts', 'none']).default('names'),
    /** Chip design: the levels at the first mismatch, under stimulus that no grading uses. */
    mismatch: z.boolean().optional(),
  })
  .prefault({});

/** The contents of `task.yaml`, its parameters filled in. Files are named relative to its folder. */
export const taskFileSchema = z.strictObject({
  schema: z.literal(1),
  /** Tasks of one's own have lower-case words joined by `/`; those of public sets keep their names. */
  id: z.string().regex(/^(?!\s*$)\P{C}{1,200}$/u, 'a name of at most 200 characters in one line'),
  title: z.string().min(1),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  tags: z.array(z.string()).default([]),
  source: z.strictObject({
    author: z.string(),
    licence: z.string(),
    url: z.string().optional(),
    notes: z.string().optional(),
  }),
  prompt: z.string().min(1),
  /** Answers a policy may give in one episode. 1 is single-turn. */
  turns: z.number().int().min(1).max(20).default(1),
  feedback: feedbackSchema,
  rubric: z.record(z.string(), z.strictObject({ weight: z.number().min(0), gate: z.boolean() })).optional(),
  verify: z.discriminatedUnion('kind', [codeTaskSchema, chipTaskSchema]),
  frame: frameSchema.optional(),
  /** An answer that is known to be right; tasks of code may go without. */
  reference: z.strictObject({ file: z.string() }).optional(),
  mutants: z.array(mutantSchema).default([]),
  completions: z.array(completionSchema).default([]),
});
export type TaskFile = z.infer<typeof taskFileSchema>;

/** A task with the texts of its files, as everything but the loader uses it. */
export type Task = Omit<TaskFile, 'schema' | 'reference' | 'mutants' | 'completions'> & {
  /** The values of its parameters; absent where it has none. */
  parameters?: Recorded;
  /** Empty where none is known. */
  reference: string;
  mutants: { name: string; fault: string; text: string }[];
  completions: { kind: 'right' | 'wrong' | 'malformed' | 'hacking'; text: string }[];
  /** Where the task was read from, for messages. */
  origin: string;
};
