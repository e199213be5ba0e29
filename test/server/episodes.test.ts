import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVerifierSandbox } from '../../verifiers/open.ts';
import type { SandboxHost } from '../../verifiers/sandbox/index.ts';
import { answers, aServer, double } from './a-server.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 1 });
});
afterAll(() => sandbox.close());

type Server = ReturnType<typeof aServer>;

async function opened({ post }: Server, turns = 1): Promise<string> {
  const { body } = await post('/v1/episodes', { task: double.id, seed: 7, turns });
  return `/v1/episodes/${body.episode}`;
}

function code({ status, body }: { status: number; body: { error?: Record<string, unknown> } }) {
  return [status, body.error?.code];
}

describe('an episode', () => {
  it('starts with the prompt and what is known of it', async () => {
    const { post } = aServer(sandbox);
    const { status, body } = await post('/v1/episodes', { task: double.id, seed: 7 });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        episode: expect.stringMatching(/^[0-9a-f-]{36}$/),
        observation: {
          messages: expect.arrayContaining([
            { role: 'user', content: expect.stringContaining(double.prompt) },
          ]),
        },
        info: { task: double.id, environment: 'code-generation', seed: 7, turn: 0, turns: 2 },
      },
    });
  });

  it('goes from a wrong answer over its diagnostics to a right one, and then no further', async () => {
    const server = aServer(sandbox);
    const path = await opened(server, 3);
    const wrong = await server.post(`${path}/step`, { completion: answers.wrong });
    expect(wrong).toMatchObject({
      status: 200,
      body: {
        reward: 0,
        terminated: false,
        truncated: false,
        info: { turn: 1, verdict: { status: 'scored' } },
      },
    });
    const right = await server.post(`${path}/step`, { completion: answers.right });
    expect(right).toMatchObject({
      status: 200,
      body: { reward: 1, terminated: true, truncated: false, info: { turn: 2, verdict: { passed: true } } },
    });
    expect(code(await server.post(`${path}/step`, { completion: answers.right }))).toEqual([
      409,
      'EPISODE_MISUSED',
    ]);
  });

  it('is closed once, by DELETE or by POST', async () => {
    const server = aServer(sandbox);
    for (const close of [
      async (path: string) => server.ask('DELETE', path),
      async (path: string) => server.post(`${path}/close`, {}),
    ]) {
      const path = await opened(server);
      const { status, body } = await close(path);
      expect({ status, body }).toEqual({
        status: 200,
        body: { episode: path.split('/').at(-1), closed: true },
      });
      expect(code(await close(path))).toEqual([404, 'EPISODE_NOT_FOUND']);
      expect(code(await server.post(`${path}/step`, { completion: 'x' }))).toEqual([
        404,
        'EPISODE_NOT_FOUND',
      ]);
    }
  });

  it('takes one step at a time, and the same step again by its key', async () => {
    const server = aServer(sandbox);
    const path = await opened(server, 2);
    const headers = { 'idempotency-key': 'first' };
    const first = server.post(`${path}/step`, { completion: answers.endless }, { headers });
    await server.running(1);
    expect(code(await server.post(`${path}/step`, { completion: answers.right }))).toEqual([
      409,
      'EPISODE_BUSY',
    ]);
    const again = server.post(`${path}/step`, { completion: answers.endless }, { headers });
    const other = server.post(`${path}/step`, { completion: answers.right }, { headers });
    expect(code(await other)).toEqual([422, 'KEY_REUSED']);
    expect((await again).body).toEqual((await first).body);
    expect((await first).body).toMatchObject({ reward: 0, info: { turn: 1 } });
    const later = await server.post(`${path}/step`, { completion: answers.endless }, { headers });
    expect(later.body).toEqual((await first).body);
  });

  it('has not taken a step whose client has gone', async () => {
    const server = aServer(sandbox);
    const path = await opened(server);
    const client = new AbortController();
    const gone = server.post(`${path}/step`, { completion: answers.endless }, { signal: client.signal });
    await server.running(1);
    client.abort();
    await gone.catch(() => {});
    await server.running(0);
    const { body } = await server.post(`${path}/step`, { completion: answers.right });
    expect(body).toMatchObject({ reward: 1, terminated: true, info: { turn: 1 } });
  });

  it('has taken a step with a key although its client has gone', async () => {
    const server = aServer(sandbox);
    const path = await opened(server);
    const client = new AbortController();
    const headers = { 'idempotency-key': 'k' };
    const step = { completion: answers.endless };
    const gone = server.post(`${path}/step`, step, { headers, signal: client.signal });
    await server.running(1);
    client.abort();
    await gone.catch(() => {});
    const { body } = await server.post(`${path}/step`, step, { headers });
    expect(body).toMatchObject({ reward: 0, info: { turn: 1, verdict: { status: 'scored' } } });
  });

  it('ends its running step when it is closed', async () => {
    const server = aServer(sandbox);
    const path = await opened(server);
    const step = server.post(`${path}/step`, { completion: answers.endless });
    await server.running(1);
    expect((await server.ask('DELETE', path)).status).toBe(200);
    expect(code(await step)).toEqual([409, 'EPISODE_CLOSED']);
    await server.running(0);
  });

  it('has a step refused, not taken, while the queue is full', async () => {
    const server = aServer(sandbox, { concurrent: 1, queued: 0 });
    const [busy, other] = [await opened(server), await opened(server)];
    const running = server.post(`${busy}/step`, { completion: answers.endless });
    await server.running(1);
    const refused = await server.post(`${other}/step`, { completion: answers.right });
    expect([...code(refused), refused.headers.get('retry-after')]).toEqual([429, 'QUEUE_FULL', '1']);
    await running;
    expect((await server.post(`${other}/step`, { completion: answers.right })).body).toMatchObject({
      reward: 1,
    });
  });

  it('answers a fault of the machine with a reward of null, never 0', async () => {
    const own = await openVerifierSandbox({ slots: 1 });
    const server = aServer(own);
    const path = await opened(server);
    await own.close();
    const { status, body } = await server.post(`${path}/step`, { completion: answers.right });
    expect({ status, reward: body.reward, info: body.info }).toMatchObject({
      status: 200,
      reward: null,
      info: { verdict: { status: 'no-verdict', error: { blame: 'infrastructure' } } },
    });
  });

  it('is closed when nobody has used it for a while', async () => {
    const server = aServer(sandbox, { episodeIdleMs: 50 });
    const path = await opened(server);
    while (server.core.episodes.count > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(code(await server.post(`${path}/step`, { completion: 'x' }))).toEqual([404, 'EPISODE_NOT_FOUND']);
  });
});

describe('the episodes of a server', () => {
  it('are bounded, and those that have ended make room', async () => {
    const server = aServer(sandbox, { episodes: 2 });
    const [first, second] = [await opened(server), await opened(server)];
    const refused = await server.post('/v1/episodes', { task: double.id });
    expect([...code(refused), refused.headers.get('retry-after')]).toEqual([429, 'EPISODES_FULL', '5']);
    await server.post(`${second}/step`, { completion: answers.right });
    const third = await opened(server);
    expect(server.core.episodes.count).toBe(2);
    expect(code(await server.ask('DELETE', second))).toEqual([404, 'EPISODE_NOT_FOUND']);
    expect([(await server.ask('DELETE', first)).status, (await server.ask('DELETE', third)).status]).toEqual([
      200, 200,
    ]);
  });

  it.each([
    ['a task that is not served', { task: 'test/none' }, 404, 'TASK_NOT_FOUND'],
    ['no turns', { task: double.id, turns: 0 }, 400, 'BODY_INVALID'],
    ['more turns than 20', { task: double.id, turns: 21 }, 400, 'BODY_INVALID'],
  ])('do not start with %s', async (_, body, status, error) => {
    const server = aServer(sandbox);
    expect(code(await server.post('/v1/episodes', body))).toEqual([status, error]);
    expect(server.core.episodes.count).toBe(0);
  });
});
