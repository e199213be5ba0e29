import { expect, test } from 'vitest';
import { parseBaseUrl } from '../../../rollout/openai/base-url.ts';

test.each([
  ['http://localhost:8000', 'http://localhost:8000/v1'],
  ['http://localhost:8000/', 'http://localhost:8000/v1'],
  ['http://localhost:8000/v1', 'http://localhost:8000/v1'],
  ['http://localhost:8000/v1/', 'http://localhost:8000/v1'],
  ['http://localhost:8000/v1/chat/completions', 'http://localhost:8000/v1'],
  ['https://host.test/openai', 'https://host.test/openai/v1'],
  ['https://host.test/v1beta/openai', 'https://host.test/v1beta/openai'],
])('%s is the API at %s', (text, url) => {
  expect(parseBaseUrl(text)).toBe(url);
});

test.each(['localhost:8000', 'ftp://host', 'my-model', ''])('"%s" is no base URL', (text) => {
  expect(() => parseBaseUrl(text)).toThrow('--policy takes a base URL such as');
});

test.each(['http://user:pw@host/v1', 'http://host/v1?key=1'])(
  '%s would put a secret into run.json',
  (text) => {
    expect(() => parseBaseUrl(text)).toThrow('ASSAY_POLICY_API_KEY');
  },
);
