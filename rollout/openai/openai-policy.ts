import { z } from 'zod';
import { AssayError } from '../../verifiers/errors.ts';
import type { Policy, PolicyRequest, Sampling } from '../policy.ts';
import { present } from '../present.ts';
import { type OpenAiEndpoint, PolicyApi } from './policy-api.ts';
import { readCompletion } from './read-completion.ts';

export type OpenAiPolicyOptions = OpenAiEndpoint & {
  model: string;
  sampling: Sampling;
  /** Further fields of the request's body, for what only some servers know. */
  extraBody?: Record<string, unknown>;
};

/**
 * A client of `/v1/chat/completions`. It asks for one completion at a time and tries again only where no sample can
 * have been made; see `docs/policies.md`.
 *
 * @example
 * const policy = openAiPolicy({ baseUrl: parseBaseUrl('http://localhost:8000'), model: 'm', sampling: { maxTokens: 512 } });
 * const { text } = await policy.complete({ rolloutId: 'r', task: 't', seed: 1, messages: [{ role: 'user', content: 'Hi' }] });
 */
export function openAiPolicy(options: OpenAiPolicyOptions): Policy {
  const api = new PolicyApi(options);
  return {
    complete: (request, { signal } = {}) =>
      api.ask(
        {
          method: 'POST',
          path: '/chat/completions',
          body: JSON.stringify(chatRequest(options, request)),
          session: request.rolloutId,
        },
        readCompletion,
        signal,
      ),
    close: () => api.close(),
  };
}

const modelsSchema = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })).min(1) });

/**
 * The first model of `/v1/models`, for when none was named.
 *
 * Errors: as `Policy.complete`; `POLICY_MALFORMED` when the server lists none.
 */
export async function firstModel(endpoint: OpenAiEndpoint, signal?: AbortSignal): Promise<string> {
  const api = new PolicyApi(endpoint);
  try {
    const { id } = await api.ask({ method: 'GET', path: '/models' }, readFirstModel, signal);
    return id;
  } finally {
    await api.close();
  }
}

function readFirstModel(body: string): { id: string } {
  try {
    const [first] = modelsSchema.parse(JSON.parse(body)).data;
    return { id: first?.id ?? '' };
  } catch (cause) {
    throw new AssayError('POLICY_MALFORMED', 'the policy server lists no model — name one with --model', {
      cause,
    });
  }
}

function chatRequest({ model, sampling, extraBody }: OpenAiPolicyOptions, request: PolicyRequest): object {
  const { temperature, topP, maxTokens, stop } = sampling;
  return {
    model,
    messages: request.messages,
    n: 1,
    seed: request.seed,
    ...present({ temperature, top_p: topP, max_tokens: maxTokens, stop }),
    ...extraBody,
  };
}
