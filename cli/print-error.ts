import { type AssayError, asAssayError } from '../verifiers/errors.ts';

/**
 * Prints an error once and answers the exit code it stands for: a line on stderr for people, or with `json` an
 * object `{"error": {"code", "message"}}` on stdout. What is not a known error is a bug and brings its stack.
 */
export function printError(thrown: unknown, json: boolean): number {
  const error = asAssayError(thrown);
  if (json) {
    const { code, message, blame, retryable } = error;
    process.stdout.write(`${JSON.stringify({ error: { code, message, blame, retryable } })}\n`);
  } else {
    process.stderr.write(`error: ${error.message}\n`);
  }
  if (error.code === 'INTERNAL') process.stderr.write(`${bugReport(error)}\n`);
  return error.exitCode;
}

function bugReport(error: AssayError): string {
  const origin = error.cause instanceof Error ? error.cause : error;
  return `This is a bug in Assay; please report it with these lines:\n${origin.stack}`;
}
