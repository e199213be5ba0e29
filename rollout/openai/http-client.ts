import { Agent, errors } from 'undici';

/** What came of one HTTP request. Only `no-response` tells that nothing at all was sent back. */
export type HttpOutcome =
  | { outcome: 'answered'; status: number; retryAfter?: string; location?: string; body: string }
  | { outcome: 'no-response' | 'broken-off'; reason: string }
  | { outcome: 'too-large' };

export type HttpRequest = {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
};

export type HttpClientOptions = { connections: number; maxBodyBytes: number };

/**
 * Keep-alive connections to a policy server. A completion may take as long as it takes: the only time limits are
 * that of connecting and the caller's signal.
 */
export class HttpClient {
  readonly #agent: Agent;

  constructor({ connections, maxBodyBytes }: HttpClientOptions) {
    this.#agent = new Agent({
      connections,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: maxBodyBytes,
      connect: { timeout: 10_000 },
    });
  }

  /** Rejects only with the reason of `signal`. */
  async send({ url, ...options }: HttpRequest): Promise<HttpOutcome> {
    const response = await this.#agent
      .request({ ...splitUrl(url), ...options })
      .catch((error: unknown) => faultOf(error, options.signal));
    if (response instanceof Error) return { outcome: 'no-response', reason: reasonOf(response) };
    const { statusCode: status, headers } = response;
    const body = await response.body.text().catch((error: unknown) => faultOf(error, options.signal));
    if (body instanceof errors.ResponseExceededMaxSizeError) return { outcome: 'too-large' };
    if (body instanceof Error) return { outcome: 'broken-off', reason: reasonOf(body) };
    return { outcome: 'answered', status, body, ...textHeaders(headers) };
  }

  /** Ends every connection; requests that still run fail. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

function splitUrl(url: string): { origin: string; path: string } {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: pathname + search };
}

function faultOf(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) throw signal.reason;
  return error instanceof Error ? error : new Error(String(error));
}

/** An `AggregateError` of several addresses has its words in its parts. */
function reasonOf(error: Error): string {
  const [first] = error instanceof AggregateError ? error.errors : [error];
  return first instanceof Error && first.message ? first.message : error.name;
}

function textHeaders(headers: Record<string, string | string[] | undefined>) {
  const { 'retry-after': retryAfter, location } = headers;
  return {
    ...(typeof retryAfter === 'string' && { retryAfter }),
    ...(typeof location === 'string' && { location }),
  };
}
