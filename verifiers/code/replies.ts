import { z } from 'zod';
import { jsonIn } from '../json-in.ts';
import { remembered } from '../remembered.ts';

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
/** By the member that tells what came of the call: to try one after the other takes long. */
const callReplySchemas = {
  returned: z.strictObject({ id: z.number(), returned: z.unknown(), argsAfter }),
  raised: z.strictObject({ id: z.number(), raised: raisedSchema, argsAfter }),
  unserialisable: z.strictObject({ id: z.number(), unserialisable: z.string() }),
  undefined: z.strictObject({ id: z.number(), undefined: z.string() }),
} as const;
export type CallReply = z.infer<(typeof callReplySchemas)[keyof typeof callReplySchemas]>;
const callReplies = Object.entries(callReplySchemas).map(([outcome, schema]) => ({
  outcome,
  schema: schema as z.ZodType<CallReply>,
}));

/** What a driver asks while it runs a call: that a helper of the task's be called. */
const helperCallSchema = z.strictObject({
  helper: z.string(),
  args: z.array(z.unknown()),
  kwargs: z.record(z.string(), z.unknown()),
});
export type HelperCall = z.infer<typeof helperCallSchema>;

export const readCompileReply = reader(compileReplySchema);
export const readLoadReply = reader(loadReplySchema);
export const readHelperCall = reader(helperCallSchema);

/** Reads the reply to a call; undefined when no driver can have written it. */
export function readCallReply(line: string): CallReply | undefined {
  const told = jsonIn(line);
  if (typeof told !== 'object' || told === null) return undefined;
  return callReplies.find(({ outcome }) => Object.hasOwn(told, outcome))?.schema.safeParse(told).data;
}

/** Reads one line; undefined when no driver can have written it. No schema takes what stands for no JSON. */
function reader<Reply>(schema: z.ZodType<Reply>): (line: string) => Reply | undefined {
  return remembered(100, (line) => schema.safeParse(jsonIn(line)).data);
}
