import type { Task } from '../../datasets/task.ts';
import { createApp } from '../../server/app.ts';
import { createCore } from '../../server/core.ts';
import { defaultLimits, type ServerLimits } from '../../server/limits.ts';
import { createLog } from '../../server/log.ts';
import { codeSpecSchema } from '../../verifiers/code/spec.ts';
import type { Sandbox } from '../../verifiers/sandbox/index.ts';

/** A task whose right answers are short, and whose wrong ones can take a second of CPU time. */
export const double: Task = {
  id: 'test/double',
  title: 'Double a number',
  difficulty: 'easy',
  tags: [],
  source: { author: 'Assay', licence: 'Apache-2.0' },
  prompt: 'Write a Python function `double(x)` that returns twice its argument.',
  turns: 2,
  feedback: { diagnostics: true, tests: 'names' },
  verify: codeSpecSchema.parse({
    kind: 'code',
    language: 'python',
    mode: 'calls',
    entry: 'double',
    limits: { cpuSeconds: 1 },
    cases: [
      { name: 'of three', args: [3], returns: 6 },
      { name: 'of zero', args: [0], returns: 0 },
    ],
  }),
  reference: 'def double(x):\n    return 2 * x\n',
  mutants: [],
  completions: [],
  origin: 'test',
};

export const answers = {
  right: '```python\ndef double(x):\n    return x + x\n```',
  wrong: '```python\ndef double(x):\n    return x * x\n```',
  endless: '```python\ndef double(x):\n    while True: pass\n```',
};

export type AnsweredBody = Record<string, unknown> & { error?: Record<string, unknown> };
export type Answered = { status: number; headers: Headers; body: AnsweredBody };

/** An app over a real sandbox that listens nowhere, and ways to ask it. */
export function aServer(sandbox: Sandbox, changes: Partial<ServerLimits> = {}, token?: string) {
  const core = createCore({ tasks: [double], sandbox, limits: { ...defaultLimits, ...changes } });
  const app = createApp({ core, log: createLog('silent'), ...(token !== undefined && { token }) });

  async function ask(method: string, path: string, init: RequestInit = {}): Promise<Answered> {
    const headers = { host: 'localhost', ...(init.headers as Record<string, string>) };
    const response = await app.request(`http://localhost${path}`, { ...init, method, headers });
    // Every answer of the server is a JSON object.
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as AnsweredBody,
    };
  }

  function post(path: string, body: unknown, init: RequestInit = {}): Promise<Answered> {
    const headers = { 'content-type': 'application/json', ...(init.headers as Record<string, string>) };
    return ask('POST', path, { ...init, headers, body: JSON.stringify(body) });
  }

  /** Waits until so many verifications run, so that a test can rely on it. */
  async function running(count: number): Promise<void> {
    while (core.gate.running !== count) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  return { core, ask, post, running };
}
