import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packageRoot } from '../../verifiers/paths.ts';
import { aServed } from './a-served.ts';
import { answers, double } from './a-server.ts';

/** A folder with the task `test/double`, for the test that runs. */
function taskFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-serve-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { id, title, difficulty, source, prompt, turns, verify, reference } = double;
  const file = {
    schema: 1,
    id,
    title,
    difficulty,
    source,
    prompt,
    turns,
    verify,
    reference: { file: 'reference.py' },
  };
  // YAML is a superset of JSON.
  writeFileSync(join(folder, 'task.yaml'), JSON.stringify(file));
  writeFileSync(join(folder, 'reference.py'), reference);
  return folder;
}

function verify(
  url: string,
  completion: string,
  headers: Record<string, string> = {},
  signal: AbortSignal | null = null,
): Promise<Response> {
  return fetch(`${url}/v1/verify`, {
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ task: double.id, completion }),
  });
}

/** Waits until a verification runs. */
async function busy(url: string): Promise<void> {
  for (let running = 0; running === 0; ) {
    const health = await fetch(`${url}/health`);
    ({ running } = ((await health.json()) as { queue: { running: number } }).queue);
  }
}

describe('assay serve', () => {
  it('answers over HTTP and logs neither candidates nor its token', async () => {
    const token = 'a-token-that-nobody-may-read';
    const { url, child } = await aServed(['serve', '--tasks', taskFolder()], { ASSAY_TOKEN: token });
    const id = { 'x-request-id': 'request-17' };
    expect((await verify(url, answers.right, id)).status).toBe(401);
    const answered = await verify(url, answers.right, { ...id, authorization: `Bearer ${token}` });
    expect(await answered.json()).toMatchObject({ task: double.id, status: 'scored', reward: 1 });
    child.kill('SIGTERM');
    const { stderr, exitCode } = await child;
    expect(exitCode).toBe(0);
    const log = stderr.split('\n').map((line) => JSON.parse(line));
    expect(log).toMatchObject([
      { requestId: 'request-17', method: 'POST', status: 401, code: 'TOKEN_REFUSED' },
      {
        requestId: 'request-17',
        method: 'POST',
        route: '/v1/verify',
        status: 200,
        task: double.id,
        reward: 1,
      },
    ]);
    expect(stderr).not.toContain('def double');
    expect(stderr).not.toContain(token);
  });

  it('takes bodies that do not tell their length, up to the same limit', async () => {
    const { url } = await aServed([
      'serve',
      '--tasks',
      taskFolder(),
      '--max-body',
      '1',
      '--log-level',
      'silent',
    ]);
    const send = (completion: string) =>
      fetch(`${url}/v1/verify`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: new Blob([JSON.stringify({ task: double.id, completion })]).stream(),
        duplex: 'half',
      });
    expect(await (await send(answers.right)).json()).toMatchObject({ status: 'scored', reward: 1 });
    expect((await send('x'.repeat(2 ** 20))).status).toBe(413);
    expect((await fetch(`${url}/v1/episodes/none`, { method: 'DELETE' })).status).toBe(404);
  });

  it('cancels the work of a client that hangs up', async () => {
    const { url, child } = await aServed(['serve', '--tasks', taskFolder()]);
    const client = new AbortController();
    const hungUp = verify(url, answers.endless, {}, client.signal);
    await busy(url);
    client.abort();
    await expect(hungUp).rejects.toThrow('aborted');
    child.kill('SIGTERM');
    const { stderr } = await child;
    const log = stderr.split('\n').map((line) => JSON.parse(line));
    expect(log.filter(({ route }) => route === '/v1/verify')).toMatchObject([
      { status: 499, code: 'CANCELLED' },
    ]);
  });

  it('lets what runs finish when it is stopped', async () => {
    const { url, child } = await aServed(['serve', '--tasks', taskFolder(), '--log-level', 'silent']);
    const running = verify(url, answers.endless);
    await busy(url);
    child.kill('SIGTERM');
    expect(await (await running).json()).toMatchObject({ status: 'scored', reward: 0 });
    const { exitCode, stderr } = await child;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('gives up on what does not finish in time, with a typed answer', async () => {
    const args = ['serve', '--tasks', taskFolder(), '--log-level', 'silent', '--drain', '0'];
    const { url, child } = await aServed(args);
    const running = verify(url, answers.endless);
    await busy(url);
    child.kill('SIGINT');
    const answered = await running;
    expect(answered.status).toBe(503);
    expect(await answered.json()).toEqual({
      error: { code: 'STOPPING', message: expect.any(String), retryable: true },
    });
    expect((await child).exitCode).toBe(0);
  });

  it.each([
    ['an open address without a token', ['--host', '0.0.0.0'], /--host 0\.0\.0\.0 .* --token-file/],
    ['a port that is none', ['--port', '70000'], /port 70000/],
    [
      'a token that is too short',
      ['--token-file', '/dev/null'],
      /the token in \/dev\/null needs at least 16/,
    ],
    ['a token file that is not there', ['--token-file', '/none'], /cannot read --token-file: .*\/none/],
    ['tasks that are not there', ['--tasks', 'none/*'], /none\/\*/],
  ])('refuses %s', async (_, args, message) => {
    const command = ['bin/assay.mjs', 'serve', '--port', '0', ...args];
    const { exitCode, stdout, stderr } = await execa(process.execPath, command, {
      cwd: packageRoot,
      reject: false,
    });
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
  });

  it('refuses a port that is taken', async () => {
    const { url } = await aServed(['serve', '--log-level', 'silent']);
    const command = ['bin/assay.mjs', 'serve', '--port', new URL(url).port];
    const { exitCode, stderr } = await execa(process.execPath, command, { cwd: packageRoot, reject: false });
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('EADDRINUSE') });
  });
});
