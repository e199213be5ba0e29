import { z } from 'zod';

/** What the drivers reply; anything else was not written by them. */
const raisedSchema = z.object({
  type: z.string(),
  bases: z.array(z.string()),
  message: z.string(),
  line: z.number().nullish(),
});
export type Raised = z.infer<typeof raisedSchema>;

const syntaxSchema = z.object({
  message: z.string(),
  line: z.number().nullish(),
  column: z.number().nullish(),
});
export type SyntaxReply = z.infer<typeof syntaxSchema>;

const compileReplySchema = z.union([
  z.strictObject({ compiled: z.literal(true) }),
  z.strictObject({ syntax: syntaxSchema }),
]);

const loadReplySchema = z.union([
  z.strictObject({ loaded: z.literal(true) }),
  z.strictObject({ raised: raisedSchema }),
]);
export type LoadReply = z.infer<typeof loadReplySchema>;

const argsAfter = z.array(z.unknown()).optional();
const callReplySchema = z.union([
  z.strictObject({ id: z.number(), returned: z.unknown(), argsAfter }),
  z.strictObject({ id: z.number(), raised: raisedSchema, argsAfter }),
  z.strictObject({ id: z.number(), unserialisable: z.string() }),
  z.strictObject({ id: z.number(), undefined: z.string() }),
]);
export type CallReply = z.infer<typeof callReplySchema>;

/** What a driver asks while it runs a call: that a helper of the task's be called. */
const helperCallSchema = z.strictObject({
  helper: z.string(),
  args: z.array(z.unknown()),
  kwargs: z.record(z.string(), z.unknown()),
});
export type HelperCall = z.infer<typeof helperCallSchema>;

export const readCompileReply = reader(compileReplySchema);
export const readLoadReply = reader(loadReplySchema);
export const readCallReply = reader(callReplySchema);
export const readHelperCall = reader(helperCallSchema);

/** Reads one line; undefined when no driver can have written it. */
function reader<Reply>(schema: z.ZodType<Reply>): (line: string) => Reply | undefined {
  return (line) => {
    try {
      return schema.safeParse(JSON.parse(line)).data;
    } catch {
      return undefined;
    }
  };
}
