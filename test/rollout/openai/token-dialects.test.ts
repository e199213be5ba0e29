import { describe, expect, test } from 'vitest';
import { readCompletion } from '../../../rollout/openai/read-completion.ts';
import { chatAnswer } from '../scripted-server.ts';

const logprobs = {
  content: [
    { token: 'a', logprob: -0.5 },
    { token: 'b', logprob: -1 },
  ],
};
const named = {
  content: [
    { token: 'token_id:11', logprob: -0.5 },
    { token: 'token_id:12', logprob: -1 },
  ],
};
const engine = {
  engine_data: {
    prompt_token_ids: [1, 2],
    completion_token_ids: [21, 22],
    completion_logprobs: [-0.25, -0.75],
  },
};
const meta = {
  output_token_logprobs: [
    [-0.5, 31, 'a'],
    [-1, 32, null],
  ],
  weight_version: 4,
};

function tokensOf(choice: object, body: object = {}) {
  return readCompletion(JSON.stringify(chatAnswer({ content: 'ab' }, { choice, body }))).tokens;
}

describe('token ids and log-probabilities', () => {
  test('are read from the engine, before anything else', () => {
    expect(tokensOf({ token_ids: [1, 2], logprobs: named, meta_info: meta }, { nvext: engine })).toEqual({
      source: 'engine_data',
      promptTokenIds: [1, 2],
      completionTokenIds: [21, 22],
      completionLogprobs: [-0.25, -0.75],
    });
  });

  test('are read as vLLM gives them', () => {
    expect(tokensOf({ token_ids: [11, 12], logprobs }, { prompt_token_ids: [1] })).toEqual({
      source: 'token_ids',
      promptTokenIds: [1],
      completionTokenIds: [11, 12],
      completionLogprobs: [-0.5, -1],
    });
  });

  test('are read as SGLang gives them, with the version of the weights', () => {
    expect(tokensOf({ meta_info: meta, logprobs: named })).toEqual({
      source: 'meta_info',
      completionTokenIds: [31, 32],
      completionLogprobs: [-0.5, -1],
      weightVersion: '4',
    });
  });

  test('are read from tokens that were sent as their ids', () => {
    expect(tokensOf({ logprobs: named })).toEqual({
      source: 'token_id_strings',
      completionTokenIds: [11, 12],
      completionLogprobs: [-0.5, -1],
    });
  });

  test('may be log-probabilities alone, or absent', () => {
    expect(tokensOf({ logprobs })).toEqual({ source: 'logprobs', completionLogprobs: [-0.5, -1] });
    expect(tokensOf({ token_ids: null, logprobs: null }, { prompt_token_ids: null })).toBeUndefined();
  });

  test('are refused when they do not pair up', () => {
    expect(() => tokensOf({ token_ids: [11], logprobs })).toThrow('1 token ids but 2 log-probabilities');
    const mixed = { content: [named.content[0], logprobs.content[1]] };
    expect(() => tokensOf({ logprobs: mixed })).toThrow('1 token ids but 2 log-probabilities');
  });
});
