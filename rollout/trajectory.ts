import { AssayError } from '../verifiers/errors.ts';

/** The tokens of one turn as the policy server sampled them; never made by tokenizing text again. */
export type TurnTokens = {
  /** Which dialect of server they were read from. All of them come from this one. */
  source: string;
  promptTokenIds?: number[];
  completionTokenIds?: number[];
  /** Natural logarithms, one for each sampled token. */
  completionLogprobs?: number[];
  /** Version of the weights that sampled them, where the server tells. */
  weightVersion?: string;
};

/**
 * The tokens as read, once they are whole: ids and log-probabilities of a turn must pair up.
 *
 * Errors: `POLICY_MALFORMED` when their numbers differ, since no reader could tell which belongs to which.
 */
export function checkedTokens(tokens: TurnTokens): TurnTokens {
  const { completionTokenIds: ids, completionLogprobs: logprobs, source } = tokens;
  if (ids && logprobs && ids.length !== logprobs.length) {
    throw new AssayError(
      'POLICY_MALFORMED',
      `the policy server sent ${ids.length} token ids but ${logprobs.length} log-probabilities (${source}) — ` +
        'they cannot be paired; update the server or stop asking for them in --extra-body',
    );
  }
  return tokens;
}
