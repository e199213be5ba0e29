import type { Task } from '../datasets/task.ts';
import type { Check, Diagnostic } from '../verifiers/verdict.ts';

/**
 * The tests that a check found failing, by the names that the task gives them, with the kind of failure. Nothing
 * else of a diagnostic is let through, for it may have come from the candidate.
 */
export function failingTests(task: Task, check: Check): string[] {
  const named = new Map(check.diagnostics.map((diagnostic) => [diagnostic.message, diagnostic]));
  return caseNames(task).flatMap((name) => {
    const diagnostic = named.get(name);
    return diagnostic ? [`${name}${kindOf(diagnostic)}`] : [];
  });
}

function caseNames({ verify }: Task): string[] {
  if (verify.kind !== 'code') return [];
  return verify.cases.map(({ name }, index) => name ?? `case ${index + 1}`);
}

/** Codes are words of the verifier's own, e.g. `wrong-value`. */
function kindOf({ code }: Diagnostic): string {
  return code && /^[a-z]+(-[a-z]+)*$/.test(code) ? ` (${code})` : '';
}
