import { z } from 'zod';
import { sharedFields } from '../shared-spec.ts';
import { generatorSchema } from './generator.ts';

/** A function that must do on drawn inputs what the task's reference does. */
export const propertiesSpecSchema = z
  .strictObject({
    ...sharedFields,
    mode: z.literal('properties'),
    entry: z.string(),
    /** TypeScript only: a type the exported `entry` must be assignable to, checked apart from the candidate. */
    entryType: z.string().optional(),
    /** Named values that several arguments hang on, in the order in which they are drawn. */
    let: z.record(z.string(), generatorSchema).default({}),
    /** How each positional argument is drawn. */
    args: z.array(generatorSchema).optional(),
    /**
     * Instead of `args`: a program in Python that defines `generate(random)`, which is given a `random.Random` of the episode's
     * seed and gives the list of arguments.
     */
    generator: z.string().min(1).optional(),
    /** How many inputs are drawn. */
    count: z.number().int().min(1).max(1000).default(100),
    /** Whether the arguments must stand after the call as they do after one of the reference. */
    argsAfter: z.boolean().default(false),
  })
  .refine(({ args, generator }) => (args === undefined) !== (generator === undefined), {
    error: 'needs either "args" or a "generator"',
    path: ['args'],
  });
export type PropertiesSpec = z.infer<typeof propertiesSpecSchema>;
