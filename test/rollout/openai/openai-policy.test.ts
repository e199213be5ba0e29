import { afterEach, describe, expect, test } from 'vitest';
import { firstModel, type OpenAiPolicyOptions, openAiPolicy } from '../../../rollout/openai/openai-policy.ts';
import type { Policy } from '../../../rollout/policy.ts';
import {
  type Behaviour,
  breakOff,
  chatAnswer,
  json,
  reset,
  type ScriptedServer,
  says,
  scriptedServer,
  silence,
  text,
} from '../scripted-server.ts';

const request = {
  rolloutId: 'python/add:0:1',
  task: 'python/add',
  messages: [{ role: 'user' as const, content: 'Add.' }],
  seed: 7,
};

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0)) await resource.close();
});

async function start(...behaviours: Behaviour[]): Promise<ScriptedServer> {
  const server = await scriptedServer(...behaviours);
  open.push(server);
  return server;
}

function client({ url }: { url: string }, options: Partial<OpenAiPolicyOptions> = {}): Policy {
  const policy = openAiPolicy({
    baseUrl: `${url}/v1`,
    model: 'small',
    sampling: { maxTokens: 64 },
    ...options,
  });
  open.push(policy);
  return policy;
}

/** What a failure of the policy says: its code, and its words. */
async function failure(policy: Policy): Promise<{ code: string; message: string }> {
  const thrown = await policy.complete(request).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toMatchObject({ name: 'AssayError' });
  // Checked just above.
  return thrown as { code: string; message: string };
}

describe('a completion', () => {
  test('is asked for with the sampling parameters, the session and the key, one at a time', async () => {
    const server = await start(says('```python\n1\n```'));
    const policy = client(server, {
      apiKey: 'secret',
      sampling: { maxTokens: 64, temperature: 0.5, topP: 0.9, stop: ['END'] },
      extraBody: { top_k: 4 },
    });
    const { timings, ...completion } = await policy.complete(request);
    expect(completion).toEqual({ text: '```python\n1\n```', finishReason: 'stop', model: 'small' });
    expect(timings).toEqual({ policyMs: expect.any(Number), waitedMs: expect.any(Number) });
    const [seen] = server.seen;
    expect(seen).toMatchObject({ method: 'POST', url: '/v1/chat/completions' });
    expect(seen?.headers).toMatchObject({ authorization: 'Bearer secret', 'x-session-id': 'python/add:0:1' });
    expect(JSON.parse(seen?.body ?? '')).toEqual({
      model: 'small',
      messages: request.messages,
      n: 1,
      seed: 7,
      temperature: 0.5,
      top_p: 0.9,
      max_tokens: 64,
      stop: ['END'],
      top_k: 4,
    });
  });

  test('keeps finish reason, reasoning and usage', async () => {
    const message = { content: 'short', reasoning_content: 'long' };
    const usage = { prompt_tokens: 3, completion_tokens: 2 };
    const server = await start(
      json(chatAnswer(message, { choice: { finish_reason: 'length' }, body: { usage } })),
    );
    expect(await client(server).complete(request)).toMatchObject({
      text: 'short',
      finishReason: 'length',
      reasoning: 'long',
      usage: { promptTokens: 3, completionTokens: 2 },
    });
  });

  test.each([
    ['cut in its reasoning', { content: null, reasoning_content: 'hm' }, 'length', ''],
    ['refusing', { content: null, refusal: 'I will not.' }, 'stop', 'I will not.'],
    ['calling a tool instead', { content: null, tool_calls: [{ id: 'a' }] }, 'tool_calls', ''],
    ['filtered', { content: 'half' }, 'content_filter', 'half'],
    ['without content', {}, 'stop', ''],
    [
      'in parts',
      {
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
      'stop',
      'ab',
    ],
  ])(
    'that is %s is one all the same, so that no policy escapes its verdict',
    async (_, message, finish, content) => {
      const server = await start(json(chatAnswer(message, { choice: { finish_reason: finish } })));
      expect(await client(server).complete(request)).toMatchObject({ text: content, finishReason: finish });
    },
  );
});

describe('a request is sent again', () => {
  test('when the connection was reset before any answer', async () => {
    const server = await start(reset, reset, says('yes'));
    expect(await client(server).complete(request)).toMatchObject({ text: 'yes' });
    expect(server.seen).toHaveLength(3);
  });

  test('when the server is busy, after the time it asks for', async () => {
    const server = await start(
      json({ error: { message: 'slow down' } }, 429, { 'retry-after': '0' }),
      json({ error: { message: 'loading' } }, 503, { 'retry-after': '0.1' }),
      says('yes'),
    );
    const completion = await client(server).complete(request);
    expect(completion.text).toBe('yes');
    expect(completion.timings.waitedMs).toBeGreaterThan(400);
    expect(server.seen).toHaveLength(3);
  });

  test('when the server broke the completion off itself', async () => {
    const server = await start(says('half', { choice: { finish_reason: 'abort' } }), says('whole'));
    expect(await client(server).complete(request)).toMatchObject({ text: 'whole' });
  });

  test('a few times after an error of the server, then no more', async () => {
    const server = await start(json({ error: { message: 'no memory' } }, 500));
    expect(await failure(client(server))).toMatchObject({
      code: 'POLICY_UNREACHABLE',
      message: expect.stringContaining('answers 500: {"message":"no memory"}'),
    });
    expect(server.seen).toHaveLength(4);
  });

  test('as long as its patience lasts, and no longer', async () => {
    const server = await start(json({}, 429, { 'retry-after': '3600' }));
    expect(await failure(client(server, { maxWaitMs: 1000 }))).toMatchObject({ code: 'POLICY_UNREACHABLE' });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a request is not sent again', () => {
  test.each([
    ['a body broken off in the middle', breakOff, 'POLICY_ABORTED', /broke its answer off/],
    ['garbage', text('{"choices": [nonsense'), 'POLICY_MALFORMED', /it is not JSON/],
    [
      'a web page',
      text('<html>Welcome</html>'),
      'POLICY_MALFORMED',
      /a web page: is this the right base URL/,
    ],
    ['no choices', json({ object: 'error' }), 'POLICY_MALFORMED', /choices/],
    ['two choices', json({ choices: [{ message: {} }, { message: {} }] }), 'POLICY_MALFORMED', /choices/],
    ['a bad key', json({ error: { message: 'bad key' } }, 401), 'POLICY_REFUSED', /ASSAY_POLICY_API_KEY/],
    ['an unknown model', json({ error: { message: 'no model' } }, 404), 'POLICY_REFUSED', /--model/],
    ['a bad option', json({ detail: 'top_k?' }, 422), 'POLICY_REFUSED', /422: top_k\? — .*--extra-body/],
    ['no quota', json({ error: { code: 'insufficient_quota' } }, 429), 'POLICY_REFUSED', /quota/],
    [
      'a full context',
      json({ error: { message: "This model's maximum context length is 64 tokens." } }, 400),
      'POLICY_CONTEXT_FULL',
      /--max-tokens/,
    ],
  ])('after %s', async (_, behaviour, code, words) => {
    const server = await start(behaviour);
    expect(await failure(client(server))).toMatchObject({ code, message: expect.stringMatching(words) });
    expect(server.seen).toHaveLength(1);
  });

  test('after a redirect, whose target is named', async () => {
    const server = await start((response) => {
      response.writeHead(307, { location: 'https://elsewhere.test/v1' }).end();
    });
    expect(await failure(client(server))).toMatchObject({
      code: 'POLICY_REFUSED',
      message: expect.stringContaining('https://elsewhere.test/v1'),
    });
  });

  test('after a body larger than the client takes', async () => {
    const server = await start(says('x'.repeat(5000)));
    expect(await failure(client(server, { maxBodyBytes: 1000 }))).toMatchObject({ code: 'POLICY_MALFORMED' });
  });

  test('after its deadline', async () => {
    const server = await start(silence);
    expect(await failure(client(server, { deadlineMs: 50 }))).toMatchObject({
      code: 'POLICY_TIMEOUT',
      message: expect.stringContaining('0.05 s'),
    });
  });
});

test('a server that is not there is named', async () => {
  const server = await scriptedServer();
  await server.close();
  expect(await failure(client(server, { maxWaitMs: 300 }))).toMatchObject({
    code: 'POLICY_UNREACHABLE',
    message: expect.stringContaining(server.url),
  });
});

test('a cancelled request ends at once, as does a cancelled wait', async () => {
  for (const behaviour of [silence, json({}, 429, { 'retry-after': '60' })]) {
    const server = await start(behaviour);
    const controller = new AbortController();
    const asked = client(server).complete(request, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
  }
});

test('the key is not repeated even where the server repeats it', async () => {
  const server = await start(json({ error: { message: 'bad key sk-123' } }, 401));
  const { message } = await failure(client(server, { apiKey: 'sk-123' }));
  expect(message).toContain('bad key [key]');
  expect(message).not.toContain('sk-123');
});

describe('the first model', () => {
  test('is the first that the server lists', async () => {
    const server = await start(json({ object: 'list', data: [{ id: 'one' }, { id: 'two' }] }));
    expect(await firstModel({ baseUrl: `${server.url}/v1` })).toBe('one');
    expect(server.seen[0]?.url).toBe('/v1/models');
  });

  test('is asked for by name when the server lists none', async () => {
    const server = await start(json({ data: [] }));
    await expect(firstModel({ baseUrl: `${server.url}/v1` })).rejects.toMatchObject({
      code: 'POLICY_MALFORMED',
      message: expect.stringContaining('--model'),
    });
  });
});
