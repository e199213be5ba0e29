import { setTimeout as sleep } from 'node:timers/promises';
import { AssayError } from '../../verifiers/errors.ts';
import type { CompletionTimings } from '../policy.ts';
import { present } from '../present.ts';
import { failureOf, type PolicyFailure } from './answer-rules.ts';
import { HttpClient, type HttpRequest } from './http-client.ts';
import { afterWait, nextWait, noTries } from './retry-rules.ts';
import { timedSignal } from './timed-signal.ts';

/** Where an OpenAI-compatible server is and how patient to be with it. */
export type OpenAiEndpoint = {
  /** As `parseBaseUrl` answers it. */
  baseUrl: string;
  apiKey?: string;
  /** For one try; waiting for a busy server does not count. Default: 30 minutes. */
  deadlineMs?: number;
  /** For all waits between the tries for one completion. Default: 10 minutes. */
  maxWaitMs?: number;
  /** Connections, and so requests at a time. Default: 64. */
  connections?: number;
  /** Default: 64 MiB. */
  maxBodyBytes?: number;
};

const defaults = {
  deadlineMs: 30 * 60_000,
  maxWaitMs: 10 * 60_000,
  connections: 64,
  maxBodyBytes: 64 * 2 ** 20,
};

export type Question = { method: 'GET' | 'POST'; path: string; body?: string; session?: string };

type Timed<T> = T & { timings: CompletionTimings };

/** One server: its connections, its headers, and the patience with which it is asked. */
export class PolicyApi {
  readonly #client: HttpClient;
  readonly #options: OpenAiEndpoint & typeof defaults;

  constructor(endpoint: OpenAiEndpoint) {
    this.#options = { ...defaults, ...endpoint };
    this.#client = new HttpClient(this.#options);
  }

  /** Asks until there is an answer that `read` takes, a failure that is final, or no patience left. */
  async ask<T extends object>(
    question: Question,
    read: (body: string) => T,
    signal?: AbortSignal,
  ): Promise<Timed<T>> {
    const { maxWaitMs } = this.#options;
    const beganMs = performance.now();
    for (let history = noTries; ; ) {
      const startedMs = performance.now();
      const result = await this.#try(question, read, signal);
      const timings = { policyMs: performance.now() - startedMs, waitedMs: startedMs - beganMs };
      if ('value' in result) return { ...result.value, timings };
      const waitMs = nextWait(result, history, { jitter: Math.random(), maxWaitMs });
      if (waitMs === undefined) throw result.error;
      await pause(waitMs, signal);
      history = afterWait(history, result.kind, waitMs);
    }
  }

  async #try<T>(
    question: Question,
    read: (body: string) => T,
    parent?: AbortSignal,
  ): Promise<{ value: T } | PolicyFailure> {
    const { signal, release } = timedSignal(parent, this.#options.deadlineMs, () => this.#late());
    try {
      const request = this.#request(question, signal);
      const outcome = await this.#client.send(request);
      const failure = failureOf(outcome, request.url, Date.now());
      if (failure) return { ...failure, error: this.#withoutKey(failure.error) };
      return { value: read(outcome.outcome === 'answered' ? outcome.body : '') };
    } catch (thrown) {
      if (parent?.aborted) throw cancelled();
      if (!(thrown instanceof AssayError)) throw thrown;
      const kind = thrown.code === 'POLICY_ABORTED' ? 'aborted' : 'final';
      return { kind, error: this.#withoutKey(thrown) };
    } finally {
      release();
    }
  }

  #request({ method, path, body, session }: Question, signal: AbortSignal): HttpRequest {
    const { baseUrl, apiKey } = this.#options;
    const headers = present({
      'content-type': body === undefined ? undefined : 'application/json',
      authorization: apiKey === undefined ? undefined : `Bearer ${apiKey}`,
      'x-session-id': session,
    });
    return { method, url: baseUrl + path, headers, signal, ...(body !== undefined && { body }) };
  }

  #late(): AssayError {
    const seconds = this.#options.deadlineMs / 1000;
    return new AssayError(
      'POLICY_TIMEOUT',
      `the policy server took more than ${seconds} s for one completion — bound completions by --max-tokens, ` +
        'or raise --policy-deadline',
    );
  }

  /** Some servers repeat the key in their complaint; it must not reach a file or a screen. */
  #withoutKey(error: AssayError): AssayError {
    const { apiKey } = this.#options;
    if (!apiKey || !error.message.includes(apiKey)) return error;
    return new AssayError(error.code, error.message.replaceAll(apiKey, '[key]'));
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}

async function pause(waitMs: number, signal?: AbortSignal): Promise<void> {
  await sleep(waitMs, undefined, signal && { signal }).catch(() => {
    throw cancelled();
  });
}

function cancelled(): AssayError {
  return new AssayError('CANCELLED', 'the request to the policy was cancelled');
}
