import { asAssayError, type ErrorCode } from '../verifiers/errors.ts';

/** Errors that exist only over HTTP, by their stable code. */
const problemTable = {
  JSON_INVALID: 400,
  BODY_INVALID: 400,
  TOKEN_REFUSED: 401,
  HOST_REFUSED: 403,
  ROUTE_NOT_FOUND: 404,
  EPISODE_NOT_FOUND: 404,
  METHOD_REFUSED: 405,
  EPISODE_BUSY: 409,
  EPISODE_CLOSED: 409,
  BODY_TOO_LARGE: 413,
  CONTENT_TYPE_REFUSED: 415,
  KEY_REUSED: 422,
  EPISODES_FULL: 429,
  TIMED_OUT: 503,
  STOPPING: 503,
} as const;
type ProblemCode = keyof typeof problemTable;
// The keys of the table are its codes.
export const problemCodes = Object.keys(problemTable) as ProblemCode[];

/** Known errors of the verifiers whose status does not follow from their blame. */
const statusOfError: Partial<Record<ErrorCode, Status>> = {
  USAGE: 400,
  TASK_NOT_FOUND: 404,
  EPISODE_MISUSED: 409,
  QUEUE_FULL: 429,
};

/** How long a client should wait before it asks again; one second for codes that are not named. */
const retryAfterSeconds: Record<string, number> = {
  EPISODES_FULL: 5,
  STOPPING: 5,
  HOST_OVERLOADED: 5,
  DISK_FULL: 30,
};

export type Status = (typeof problemTable)[ProblemCode] | 500 | 502;

/** What every answer that is not a success has under `error`. */
export type ErrorBody = { code: string; message: string; retryable: boolean; blame?: string };

/** A request that cannot be served, with the status its code stands for. */
export class Problem extends Error {
  readonly code: ProblemCode;
  constructor(code: ProblemCode, message: string) {
    super(message);
    this.name = 'Problem';
    this.code = code;
  }
}

/** What is answered for anything thrown: its status and body. */
export function answerFor(thrown: unknown): { status: Status; error: ErrorBody } {
  if (thrown instanceof Problem) {
    const { code, message } = thrown;
    const status = problemTable[code];
    return { status, error: { code, message, retryable: status === 429 || status === 503 } };
  }
  const { code, message, blame, retryable } = asAssayError(thrown);
  const error = { code, message, retryable, blame };
  return { status: statusFor(error), error };
}

/** The status of a typed error: the machine's faults 503 while a retry may help, else 500; the task's 422. */
export function statusFor({ code, blame, retryable }: ErrorBody): Status {
  const known = Object.entries(statusOfError).find(([name]) => name === code)?.[1];
  if (known) return known;
  if (blame === 'task') return 422;
  if (blame === 'policy') return 502;
  return retryable && code !== 'INTERNAL' ? 503 : 500;
}

/** The headers that belong to a typed error. */
export function headersFor({ code, retryable }: ErrorBody): Record<string, string> {
  if (code === 'TOKEN_REFUSED') return { 'WWW-Authenticate': 'Bearer' };
  return retryable ? { 'Retry-After': String(retryAfterSeconds[code] ?? 1) } : {};
}
