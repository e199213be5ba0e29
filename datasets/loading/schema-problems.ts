import type { z } from 'zod';
import type { FieldPath, Problem } from './problem.ts';

type Issue = z.core.$ZodIssue;

/** The schema's complaints, one per field, in words that tell what to write. */
export function schemaProblems(error: z.ZodError): Problem[] {
  return error.issues.flatMap((issue) => problemsOf(issue, issue.path as FieldPath));
}

function problemsOf(issue: Issue, field: FieldPath): Problem[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ field: [...field, key], message: 'is not a field of a task' }));
    case 'invalid_key':
      return issue.issues.map(({ message }) => ({ field, message: `must be named as ${message}` }));
    case 'invalid_union':
      return [
        { field, message: issue.errors.length === 0 ? tidy(issue.message) : 'is not of the right shape' },
      ];
    default:
      return [{ field, message: tidy(issue.message) }];
  }
}

/** `Invalid input: expected string, received undefined` is a field that is not there. */
function tidy(message: string): string {
  return message
    .replace(/^Invalid (input|option|discriminator value|string)[.:] /, '')
    .replace(/^(?:expected|Expected) (.*), received undefined$/, 'is missing: expected $1')
    .replace(/^Expected/, 'expected');
}
