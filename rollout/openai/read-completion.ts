import { z } from 'zod';
import { AssayError } from '../../verifiers/errors.ts';
import type { Completion, TokenUsage } from '../policy.ts';
import { present } from '../present.ts';
import { type ChatChoice, type ChatResponse, chatResponseSchema } from './chat-response.ts';
import { readTokens } from './token-dialects.ts';

/** Ends that the server brought about: what was written so far is dropped, never judged. */
const abortedReasons = new Set(['abort', 'aborted', 'cancelled', 'error']);

/**
 * Reads the body of a successful answer. Whatever the model itself did is a completion: cut short, filtered,
 * refused, or without any text, so that no policy escapes its verdict by answering oddly.
 *
 * Errors: `POLICY_MALFORMED` for a body that is no chat completion, `POLICY_ABORTED` for one that was broken off.
 */
export function readCompletion(body: string): Omit<Completion, 'timings'> {
  const response = parseResponse(body);
  const [choice] = response.choices;
  if (!choice) throw malformed('it has no choice', body);
  const finishReason = choice.finish_reason ?? 'unknown';
  if (abortedReasons.has(finishReason)) throw aborted(finishReason);
  const reasoning = choice.message.reasoning_content ?? choice.message.reasoning;
  const optional = { reasoning, usage: readUsage(response), tokens: readTokens(response, choice) };
  return { text: textOf(choice), finishReason, model: response.model ?? 'unknown', ...present(optional) };
}

function parseResponse(body: string): ChatResponse {
  const parsed = chatResponseSchema.safeParse(parseJson(body));
  if (parsed.success) return parsed.data;
  throw malformed(z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, ' '), body);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw malformed('it is not JSON', body);
  }
}

function textOf({ message: { content, refusal } }: ChatChoice): string {
  if (typeof content === 'string') return content;
  if (content) return content.map((part) => part.text ?? '').join('');
  return refusal ?? '';
}

function readUsage({ usage }: ChatResponse): TokenUsage | undefined {
  if (typeof usage?.prompt_tokens !== 'number' || typeof usage.completion_tokens !== 'number')
    return undefined;
  return { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens };
}

function malformed(reason: string, body: string): AssayError {
  const page = /^\s*</.test(body) ? ' (a web page: is this the right base URL?)' : '';
  const head = JSON.stringify(body.slice(0, 120));
  return new AssayError(
    'POLICY_MALFORMED',
    `the policy server's answer is not a chat completion: ${reason}${page} — it begins ${head}`,
  );
}

function aborted(reason: string): AssayError {
  return new AssayError(
    'POLICY_ABORTED',
    `the policy server broke the completion off (finish_reason "${reason}"), as it does when its weights are ` +
      'updated — resume the run to ask again',
  );
}
