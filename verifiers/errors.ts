/** Who is answerable for an outcome. Only `candidate` outcomes are scored. */
export type Blame = 'task' | 'infrastructure' | 'policy';

/**
 * Every known error, by its stable code. `blame` and `retryable` decide the `no-verdict` it becomes when it
 * interrupts a verification; `exitCode` is what the command line ends with when it stops a whole command.
 */
const errorTable = {
  USAGE: { blame: 'infrastructure', retryable: false, exitCode: 2 },
  TASK_INVALID: { blame: 'task', retryable: false, exitCode: 2 },
  TASK_NOT_FOUND: { blame: 'task', retryable: false, exitCode: 2 },
  /** A task's suite of assertions breaks by itself, before the candidate has answered it anything. */
  SUITE_BROKEN: { blame: 'task', retryable: false, exitCode: 2 },
  /** A task's suite calls functions whose values cannot travel between two sandboxes. */
  SUITE_UNSUPPORTED: { blame: 'task', retryable: false, exitCode: 2 },
  /** A task's helpers break by themselves, before the candidate was asked anything. */
  HELPERS_BROKEN: { blame: 'task', retryable: false, exitCode: 2 },
  TASK_GENERATOR_FAILED: { blame: 'task', retryable: false, exitCode: 2 },
  TASK_CHECKER_FAILED: { blame: 'task', retryable: false, exitCode: 2 },
  TASK_REFERENCE_FAILED: { blame: 'task', retryable: false, exitCode: 2 },
  FORMAT_UNKNOWN: { blame: 'task', retryable: false, exitCode: 2 },
  DATASET_UNREACHABLE: { blame: 'infrastructure', retryable: true, exitCode: 3 },
  DATASET_CHANGED: { blame: 'infrastructure', retryable: false, exitCode: 2 },
  FILE_UNREADABLE: { blame: 'infrastructure', retryable: false, exitCode: 2 },
  EPISODE_MISUSED: { blame: 'infrastructure', retryable: false, exitCode: 2 },
  TOOL_MISSING: { blame: 'infrastructure', retryable: false, exitCode: 3 },
  SYSTEM_UNSUPPORTED: { blame: 'infrastructure', retryable: false, exitCode: 3 },
  SANDBOX_UNAVAILABLE: { blame: 'infrastructure', retryable: false, exitCode: 3 },
  SANDBOX_LOST: { blame: 'infrastructure', retryable: true, exitCode: 3 },
  SANDBOX_FAULT: { blame: 'infrastructure', retryable: true, exitCode: 3 },
  QUEUE_FULL: { blame: 'infrastructure', retryable: true, exitCode: 3 },
  DISK_FULL: { blame: 'infrastructure', retryable: true, exitCode: 3 },
  HOST_OVERLOADED: { blame: 'infrastructure', retryable: true, exitCode: 3 },
  POLICY_UNREACHABLE: { blame: 'policy', retryable: true, exitCode: 2 },
  POLICY_REFUSED: { blame: 'policy', retryable: false, exitCode: 2 },
  /** The chat no longer fits the model; after a judged turn this ends the episode with that turn's reward. */
  POLICY_CONTEXT_FULL: { blame: 'policy', retryable: false, exitCode: 2 },
  POLICY_TIMEOUT: { blame: 'policy', retryable: true, exitCode: 2 },
  POLICY_ABORTED: { blame: 'policy', retryable: true, exitCode: 2 },
  POLICY_MALFORMED: { blame: 'policy', retryable: true, exitCode: 2 },
  CANCELLED: { blame: 'infrastructure', retryable: true, exitCode: 130 },
  INTERNAL: { blame: 'infrastructure', retryable: true, exitCode: 3 },
} as const satisfies Record<string, { blame: Blame; retryable: boolean; exitCode: number }>;

/** The stable code of a known error. */
export type ErrorCode = keyof typeof errorTable;

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorTable, text);
}

/**
 * A known error: it names what was wrong and what to do next. Thrown for misuse and for faults that are not the
 * candidate's; a failing candidate is a verdict, never an exception.
 */
export class AssayError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AssayError';
    this.code = code;
  }
  get blame(): Blame {
    return errorTable[this.code].blame;
  }
  get retryable(): boolean {
    return errorTable[this.code].retryable;
  }
  get exitCode(): number {
    return errorTable[this.code].exitCode;
  }
}

/** Turns anything thrown into an `AssayError`: known ones as they are, the rest as `INTERNAL` with their cause. */
export function asAssayError(error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AssayError('INTERNAL', `unexpected error: ${message}`, { cause: error });
}
