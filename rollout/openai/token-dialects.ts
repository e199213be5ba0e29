import { present } from '../present.ts';
import { checkedTokens, type TurnTokens } from '../trajectory.ts';
import type { ChatChoice, ChatResponse } from './chat-response.ts';

type Tokens = Omit<TurnTokens, 'source'>;

/** Where one kind of server puts the tokens it sampled; `read` answers nothing where they are not there. */
type Dialect = { source: string; read(response: ChatResponse, choice: ChatChoice): Tokens | undefined };

/** In the order of trust: what the engine itself reports comes before what was made of it for display. */
const dialects: readonly Dialect[] = [
  { source: 'engine_data', read: (response) => readEngineData(response) },
  { source: 'token_ids', read: readTokenIds },
  { source: 'meta_info', read: (response, choice) => readMetaInfo(response, choice) },
  { source: 'token_id_strings', read: (response, choice) => readTokenIdStrings(response, choice) },
  { source: 'logprobs', read: (_response, choice) => readLogprobs(choice) },
];

/**
 * Token ids and log-probabilities of an answer, all from the first source that has them.
 *
 * Errors: `POLICY_MALFORMED` when ids and log-probabilities do not pair up.
 */
export function readTokens(response: ChatResponse, choice: ChatChoice): TurnTokens | undefined {
  for (const { source, read } of dialects) {
    const tokens = read(response, choice);
    if (tokens) return checkedTokens({ source, ...tokens });
  }
  return undefined;
}

function readEngineData({ nvext }: ChatResponse): Tokens | undefined {
  const data = nvext?.engine_data;
  if (!data?.completion_token_ids) return undefined;
  return present({
    promptTokenIds: data.prompt_token_ids,
    completionTokenIds: data.completion_token_ids,
    completionLogprobs: data.completion_logprobs,
  });
}

function readTokenIds({ prompt_token_ids }: ChatResponse, choice: ChatChoice): Tokens | undefined {
  if (!choice.token_ids) return undefined;
  return present({
    promptTokenIds: prompt_token_ids,
    completionTokenIds: choice.token_ids,
    completionLogprobs: logprobsOf(choice),
  });
}

function readMetaInfo(response: ChatResponse, { meta_info }: ChatChoice): Tokens | undefined {
  const entries = meta_info?.output_token_logprobs;
  if (!entries) return undefined;
  return present({
    promptTokenIds: response.prompt_token_ids,
    completionTokenIds: entries.map(([, id]) => id),
    completionLogprobs: entries.map(([logprob]) => logprob),
    weightVersion: meta_info.weight_version,
  });
}

function readTokenIdStrings(response: ChatResponse, choice: ChatChoice): Tokens | undefined {
  const parsed = choice.logprobs?.content?.map(({ token }) => /^token_id:(\d+)$/.exec(token)?.[1]);
  const completionTokenIds = parsed?.flatMap((id) => (id === undefined ? [] : [Number(id)]));
  if (!parsed || !completionTokenIds?.length) return undefined;
  return present({
    promptTokenIds: response.prompt_token_ids,
    completionTokenIds,
    completionLogprobs: logprobsOf(choice),
  });
}

function readLogprobs(choice: ChatChoice): Tokens | undefined {
  const completionLogprobs = logprobsOf(choice);
  return completionLogprobs && { completionLogprobs };
}

function logprobsOf(choice: ChatChoice): number[] | undefined {
  return choice.logprobs?.content?.map(({ logprob }) => logprob);
}
