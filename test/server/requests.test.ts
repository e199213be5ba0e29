import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVerifierSandbox } from '../../verifiers/open.ts';
import type { SandboxHost } from '../../verifiers/sandbox/index.ts';
import { version } from '../../verifiers/version.ts';
import { answers, aServer, double } from './a-server.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 1 });
});
afterAll(() => sandbox.close());

describe('the server', () => {
  it('tells how it is', async () => {
    const { ask } = aServer(sandbox, { concurrent: 3, queued: 4, episodes: 5 });
    const { status, body } = await ask('GET', '/health');
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        status: 'ok',
        version,
        sandbox: sandbox.level,
        tasks: 1,
        queue: { running: 0, concurrent: 3, waiting: 0, queued: 4 },
        episodes: { open: 0, limit: 5 },
      },
    });
  });

  it('lists its tasks without prompts, tests or references', async () => {
    const { id, title, difficulty, tags, turns } = double;
    const { status, body } = await aServer(sandbox).ask('GET', '/v1/tasks');
    const listed = { id, environment: 'code-generation', title, difficulty, tags, turns, language: 'python' };
    expect({ status, body }).toEqual({ status: 200, body: { tasks: [listed] } });
  });

  it.each([
    ['no task', { completion: 'x' }, 'task: Invalid input: expected string, received undefined'],
    [
      'a completion of the wrong type',
      { task: 't', completion: 1 },
      'completion: Invalid input: expected string, received number',
    ],
    [
      'a seed that is negative',
      { task: 't', completion: 'x', seed: -1 },
      'seed: Too small: expected number to be >=0',
    ],
    [
      'a seed that is a fraction',
      { task: 't', completion: 'x', seed: 0.5 },
      'seed: Invalid input: expected int, received number',
    ],
    ['a field it does not know', { task: 't', completion: 'x', sede: 1 }, 'body: Unrecognized key: "sede"'],
    ['a body that is no object', [], 'body: Invalid input: expected object, received array'],
  ])('refuses %s and names the field', async (_, body, message) => {
    const answered = await aServer(sandbox).post('/v1/verify', body);
    expect({ status: answered.status, body: answered.body }).toEqual({
      status: 400,
      body: { error: { code: 'BODY_INVALID', message, retryable: false } },
    });
  });

  it('refuses a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const { status, body } = await aServer(sandbox).ask('POST', '/v1/verify', {
      headers,
      body: '{"task": oops}',
    });
    expect({ status, code: body.error?.code }).toEqual({ status: 400, code: 'JSON_INVALID' });
  });

  it('refuses a body of another type than JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    const { status, body } = await aServer(sandbox).ask('POST', '/v1/verify', { headers, body: '{}' });
    expect({ status, code: body.error?.code }).toEqual({ status: 415, code: 'CONTENT_TYPE_REFUSED' });
  });

  it('refuses a body that is too large', async () => {
    const { post } = aServer(sandbox, { bodyBytes: 1000 });
    const { status, body } = await post('/v1/verify', { task: double.id, completion: 'x'.repeat(1000) });
    expect({ status, code: body.error?.code }).toEqual({ status: 413, code: 'BODY_TOO_LARGE' });
  });

  it('refuses a task, a route and a method that it does not know', async () => {
    const { ask, post } = aServer(sandbox);
    const task = await post('/v1/verify', { task: 'test/none', completion: 'x' });
    expect({ status: task.status, code: task.body.error?.code }).toEqual({
      status: 404,
      code: 'TASK_NOT_FOUND',
    });
    const route = await ask('GET', '/v2/verify');
    expect({ status: route.status, code: route.body.error?.code }).toEqual({
      status: 404,
      code: 'ROUTE_NOT_FOUND',
    });
    const method = await ask('GET', '/v1/verify');
    expect({
      status: method.status,
      code: method.body.error?.code,
      allow: method.headers.get('allow'),
    }).toEqual({
      status: 405,
      code: 'METHOD_REFUSED',
      allow: 'POST',
    });
  });

  it('serves only those who carry its token, and /health to everyone', async () => {
    const { ask } = aServer(sandbox, {}, 'a-token-of-the-test');
    const asked = (authorization?: string) =>
      ask('GET', '/v1/tasks', authorization ? { headers: { authorization } } : {});
    const statuses = await Promise.all(
      [
        undefined,
        'Bearer another-token',
        'Bearer',
        'Basic a-token-of-the-test',
        'Bearer a-token-of-the-test',
      ].map(async (header) => (await asked(header)).status),
    );
    expect(statuses).toEqual([401, 401, 401, 401, 200]);
    expect((await ask('GET', '/health')).status).toBe(200);
    expect((await asked()).headers.get('www-authenticate')).toBe('Bearer');
  });

  it('without a token answers only to loopback names', async () => {
    const { ask } = aServer(sandbox);
    const asked = async (host: string) => (await ask('GET', '/v1/tasks', { headers: { host } })).status;
    expect(
      await Promise.all(['localhost:8484', '127.0.0.1', '[::1]:8484', 'evil.example:8484'].map(asked)),
    ).toEqual([200, 200, 200, 403]);
  });

  it('refuses new work while it stops, and asks for the connection to be closed', async () => {
    const { core, ask } = aServer(sandbox);
    core.stopAccepting();
    const { status, headers, body } = await ask('GET', '/v1/tasks');
    const answered = [status, body.error?.code, headers.get('retry-after'), headers.get('connection')];
    expect(answered).toEqual([503, 'STOPPING', '5', 'close']);
    expect((await ask('GET', '/health')).body.status).toBe('stopping');
  });

  it('answers with the id of the request, its own or the one it was given', async () => {
    const { ask } = aServer(sandbox);
    expect((await ask('GET', '/health')).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const given = await ask('GET', '/health', { headers: { 'x-request-id': 'step-17' } });
    expect(given.headers.get('x-request-id')).toBe('step-17');
  });
});

describe('POST /v1/verify', () => {
  it('answers with the verdict of a right and of a wrong completion', async () => {
    const { post } = aServer(sandbox);
    const right = await post('/v1/verify', { task: double.id, completion: answers.right, seed: 3 });
    expect(right).toMatchObject({
      status: 200,
      body: { task: double.id, seed: 3, status: 'scored', reward: 1, passed: true },
    });
    const wrong = await post('/v1/verify', { task: double.id, completion: answers.wrong });
    expect(wrong).toMatchObject({
      status: 200,
      body: { seed: 0, status: 'scored', reward: 0, passed: false },
    });
  });

  it('refuses work when its queue is full, and takes it again afterwards', async () => {
    const { post, running } = aServer(sandbox, { concurrent: 1, queued: 0 });
    const first = post('/v1/verify', { task: double.id, completion: answers.endless });
    await running(1);
    const second = await post('/v1/verify', { task: double.id, completion: answers.right });
    expect({
      status: second.status,
      code: second.body.error?.code,
      retry: second.headers.get('retry-after'),
    }).toEqual({
      status: 429,
      code: 'QUEUE_FULL',
      retry: '1',
    });
    expect(await first).toMatchObject({ status: 200, body: { status: 'scored', reward: 0 } });
    expect((await post('/v1/verify', { task: double.id, completion: answers.right })).status).toBe(200);
  });

  it('gives up on a request that takes too long, without a reward', async () => {
    const { post, running } = aServer(sandbox, { requestMs: 200 });
    const { status, headers, body } = await post('/v1/verify', {
      task: double.id,
      completion: answers.endless,
    });
    expect({ status, retry: headers.get('retry-after'), body }).toEqual({
      status: 503,
      retry: '1',
      body: { error: { code: 'TIMED_OUT', message: expect.any(String), retryable: true } },
    });
    await running(0);
  });

  it('stops judging when its client has gone', async () => {
    const { post, running } = aServer(sandbox);
    const client = new AbortController();
    const asked = post(
      '/v1/verify',
      { task: double.id, completion: answers.endless },
      { signal: client.signal },
    );
    await running(1);
    client.abort();
    await asked.catch(() => {});
    await running(0);
  });

  it('answers a fault of the machine with 503 and no reward', async () => {
    const own = await openVerifierSandbox({ slots: 1 });
    try {
      const { post, running } = aServer(own);
      // One that has not begun when the machine fails is begun again.
      await post('/v1/verify', { task: double.id, completion: answers.right });
      const asked = post('/v1/verify', { task: double.id, completion: answers.endless });
      await running(1);
      process.kill(own.launcherPid, 'SIGKILL');
      const { status, headers, body } = await asked;
      expect({ status, retry: headers.get('retry-after'), verdict: body.status, error: body.error }).toEqual({
        status: 503,
        retry: '1',
        verdict: 'no-verdict',
        error: {
          blame: 'infrastructure',
          code: 'SANDBOX_LOST',
          message: expect.any(String),
          retryable: true,
        },
      });
      expect(body).not.toHaveProperty('reward');
    } finally {
      await own.close();
    }
  });
});
