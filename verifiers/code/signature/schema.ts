import { z } from 'zod';

/** The declared type of a function, in the language of `type.ts`, e.g. `list<int>`. */
const signatureSchema = z.strictObject({
  parameters: z.array(z.string()),
  returns: z.string().default('void'),
});
export type SignatureTexts = z.infer<typeof signatureSchema>;

/** The types of functions, by their names. */
export const signaturesSchema = z.record(z.string(), signatureSchema);
