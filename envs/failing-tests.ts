import type { Task } from '../datasets/task.ts';
import type { Check } from '../verifiers/verdict.ts';

/**
 * Names of the tests that a check found failing. Only names that the task gives its own cases: whatever else a
 * diagnostic says may have come from the candidate.
 */
export function failingTests(task: Task, check: Check): string[] {
  const mentioned = new Set(check.diagnostics.map(({ message }) => message));
  return caseNames(task).filter((name) => mentioned.has(name));
}

function caseNames({ verify }: Task): string[] {
  if (verify.kind !== 'code') return [];
  return verify.cases.map(({ name }, index) => name ?? `case ${index + 1}`);
}
