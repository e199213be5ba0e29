import { AssayError, type ErrorCode } from '../../verifiers/errors.ts';
import type { HttpOutcome } from './http-client.ts';
import { type FailureKind, parseRetryAfter } from './retry-rules.ts';

/** A request that brought no completion: what to tell, and whether it may be asked again. */
export type PolicyFailure = { kind: FailureKind; retryAfterMs?: number; error: AssayError };

type Answered = Extract<HttpOutcome, { outcome: 'answered' }>;

/** What an error status means. The first row that applies decides. */
type StatusRow = {
  applies(answer: Answered, message: string): boolean;
  kind: FailureKind;
  code: ErrorCode;
  remedy: string;
};

const contextWords = /context[_ ](length|window|size)|max_new_tokens|input is too long/i;

const statusTable: readonly StatusRow[] = [
  {
    applies: ({ status }, message) => [400, 413, 422].includes(status) && contextWords.test(message),
    kind: 'final',
    code: 'POLICY_CONTEXT_FULL',
    remedy: 'lower --max-tokens or serve the model with a longer context',
  },
  {
    applies: ({ status }, message) => status === 429 && /insufficient_quota/.test(message),
    kind: 'final',
    code: 'POLICY_REFUSED',
    remedy: 'the account has no quota left',
  },
  {
    applies: ({ status, retryAfter }) => status === 429 || (status === 503 && retryAfter !== undefined),
    kind: 'back-pressure',
    code: 'POLICY_UNREACHABLE',
    remedy: 'it is overloaded: lower --concurrency or raise --max-wait',
  },
  {
    applies: ({ status }) => status >= 500 || status === 408,
    kind: 'server-error',
    code: 'POLICY_UNREACHABLE',
    remedy: "see the server's log, then resume the run",
  },
  {
    applies: ({ status }) => status === 401 || status === 403,
    kind: 'final',
    code: 'POLICY_REFUSED',
    remedy: 'set ASSAY_POLICY_API_KEY (or OPENAI_API_KEY) to a key it accepts',
  },
  {
    applies: ({ status }) => status === 404,
    kind: 'final',
    code: 'POLICY_REFUSED',
    remedy: 'check the base URL of --policy and the name given by --model',
  },
  {
    applies: ({ status }) => status >= 300 && status < 400,
    kind: 'final',
    code: 'POLICY_REFUSED',
    remedy: 'redirects are not followed: give the final URL to --policy',
  },
  {
    applies: () => true,
    kind: 'final',
    code: 'POLICY_REFUSED',
    remedy: 'it does not accept the request: check the sampling options and --extra-body',
  },
];

/** The failure that an outcome of an HTTP request stands for, or nothing where its body can be read. */
export function failureOf(outcome: HttpOutcome, url: string, nowMs: number): PolicyFailure | undefined {
  switch (outcome.outcome) {
    case 'no-response':
      return { kind: 'unreachable', error: unreachable(url, outcome.reason) };
    case 'broken-off':
      return { kind: 'final', error: brokenOff(url, outcome.reason) };
    case 'too-large':
      return { kind: 'final', error: tooLarge(url) };
    default:
      return outcome.status >= 200 && outcome.status < 300 ? undefined : statusFailure(outcome, url, nowMs);
  }
}

function statusFailure(answer: Answered, url: string, nowMs: number): PolicyFailure | undefined {
  const message = errorMessage(answer.body);
  const row = statusTable.find(({ applies }) => applies(answer, message));
  if (!row) return undefined;
  const said = answer.location ? `redirects to ${answer.location}` : `answers ${answer.status}: ${message}`;
  const error = new AssayError(row.code, `the policy server at ${url} ${said} — ${row.remedy}`);
  const retryAfterMs = parseRetryAfter(answer.retryAfter, nowMs);
  return { kind: row.kind, error, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** The words of an error body: OpenAI's object, the variants other servers send, or the head of the text. */
function errorMessage(body: string): string {
  const parsed = parseObject(body);
  const error = parsed?.error ?? parsed?.detail ?? parsed?.message ?? body;
  const text = typeof error === 'string' ? error : JSON.stringify(error);
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 400) || 'no message';
}

function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    // The fields are read as unknown.
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function unreachable(url: string, reason: string): AssayError {
  return new AssayError(
    'POLICY_UNREACHABLE',
    `no answer from the policy server at ${url}: ${reason} — check that it runs and that --policy names it`,
  );
}

function brokenOff(url: string, reason: string): AssayError {
  return new AssayError(
    'POLICY_ABORTED',
    `the policy server at ${url} broke its answer off in the middle: ${reason} — resume the run to ask again`,
  );
}

function tooLarge(url: string): AssayError {
  return new AssayError(
    'POLICY_MALFORMED',
    `the answer of the policy server at ${url} is larger than the client takes — lower --max-tokens, or ask ` +
      'for less beside the text in --extra-body',
  );
}
