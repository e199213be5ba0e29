import { z } from 'zod';

const ids = z.array(z.number().int()).nullish();

/** Log-probabilities as OpenAI has them; `token` reads `token_id:N` where the server was asked for that. */
const logprobsSchema = z
  .looseObject({ content: z.array(z.looseObject({ token: z.string(), logprob: z.number() })).nullish() })
  .nullish();

/** SGLang: `[log-probability, token id, text]` for each sampled token. */
const metaInfoSchema = z
  .looseObject({
    weight_version: z.coerce.string().optional(),
    output_token_logprobs: z.array(z.tuple([z.number(), z.number().int()], z.unknown())).nullish(),
  })
  .nullish();

/** Dynamo. */
const engineDataSchema = z
  .looseObject({
    prompt_token_ids: ids,
    completion_token_ids: ids,
    completion_logprobs: z.array(z.number()).nullish(),
  })
  .nullish();

const contentSchema = z
  .union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))])
  .nullish();

const choiceSchema = z.looseObject({
  finish_reason: z.string().nullish(),
  message: z.looseObject({
    content: contentSchema,
    refusal: z.string().nullish(),
    reasoning_content: z.string().nullish(),
    reasoning: z.string().nullish(),
  }),
  token_ids: ids,
  logprobs: logprobsSchema,
  meta_info: metaInfoSchema,
});
export type ChatChoice = z.infer<typeof choiceSchema>;

/** What is read of an answer to `/v1/chat/completions`; servers add much else. */
export const chatResponseSchema = z.looseObject({
  model: z.string().nullish(),
  choices: z.array(choiceSchema).length(1),
  usage: z
    .looseObject({ prompt_tokens: z.number().nullish(), completion_tokens: z.number().nullish() })
    .nullish(),
  prompt_token_ids: ids,
  nvext: z.looseObject({ engine_data: engineDataSchema }).nullish(),
});
export type ChatResponse = z.infer<typeof chatResponseSchema>;
