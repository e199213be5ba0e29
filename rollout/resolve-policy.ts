import type { Task } from '../datasets/task.ts';
import { keyOption, type PolicySpec } from './open-policy.ts';
import { parseBaseUrl } from './openai/base-url.ts';
import { firstModel } from './openai/openai-policy.ts';
import type { Sampling } from './policy.ts';
import { present } from './present.ts';
import { replayModel } from './replay/create-replay-app.ts';
import { serveReplay } from './replay/serve-replay.ts';

/** What `--policy` and the options beside it say. */
export type PolicyOptions = {
  /** A base URL, `replay` or `reference`. */
  policy: string;
  model?: string;
  sampling: Sampling;
  extraBody?: Record<string, unknown>;
  deadlineMs?: number;
  maxWaitMs?: number;
};

/** A policy ready to be opened by worker threads, with what run.json says of it. */
export type ResolvedPolicy = {
  spec: PolicySpec;
  name: string;
  model: string;
  close(): Promise<void>;
};

type Context = { tasks: readonly Task[]; connections: number; signal?: AbortSignal };

/**
 * Makes a policy out of what the user named: starts the embedded server for `replay`, and asks another server for
 * its model when none was named.
 *
 * Errors: `USAGE` for anything that is no policy; those of `firstModel`.
 */
export async function resolvePolicy(options: PolicyOptions, context: Context): Promise<ResolvedPolicy> {
  if (options.policy === 'reference') {
    return { spec: { kind: 'reference' }, name: 'reference', model: 'reference', close: async () => {} };
  }
  return options.policy === 'replay' ? startReplay(options, context) : findServer(options, context);
}

async function startReplay(options: PolicyOptions, { tasks, connections }: Context): Promise<ResolvedPolicy> {
  const server = await serveReplay({ tasks });
  const endpoint = { baseUrl: server.url, connections, sendKey: false };
  const spec = specOf(options, { ...endpoint, model: replayModel });
  return { spec, name: 'replay', model: replayModel, close: () => server.close() };
}

async function findServer(options: PolicyOptions, { connections, signal }: Context): Promise<ResolvedPolicy> {
  const baseUrl = parseBaseUrl(options.policy);
  const model = options.model ?? (await firstModel({ baseUrl, ...keyOption(true) }, signal));
  const spec = specOf(options, { baseUrl, connections, sendKey: true, model });
  return { spec, name: baseUrl, model, close: async () => {} };
}

function specOf(
  { sampling, extraBody, deadlineMs, maxWaitMs }: PolicyOptions,
  endpoint: { baseUrl: string; connections: number; sendKey: boolean; model: string },
): PolicySpec {
  return { kind: 'openai', ...endpoint, sampling, ...present({ extraBody, deadlineMs, maxWaitMs }) };
}
