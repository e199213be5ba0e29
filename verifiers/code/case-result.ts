import type { CheckResult } from '../rubric.ts';
import type { Reason } from './ending.ts';
import type { CodeSpec } from './spec.ts';

/** How one test case went. `evidence` tells a person what happened; it may hold inputs and expected values. */
export type CaseResult = { name: string } & (
  | { passed: true }
  | { passed: false; reason: Reason; evidence?: Record<string, unknown> }
);

/** The name of a case; `index` counts from 0. */
export function caseName({ name }: { name?: string | undefined }, index: number): string {
  return name ?? `case ${index + 1}`;
}

/** A case that failed for a reason of its own or of the whole run. */
export function failed(name: string, reason: Reason, evidence?: Record<string, unknown>): CaseResult {
  return { name, passed: false, reason, ...(evidence && { evidence }) };
}

/**
 * The `tests` check of a list of cases. Its diagnostics name the failing cases, one each, with a code from a fixed
 * list: a policy may see them, so they hold nothing that the candidate chose while it knew the inputs.
 */
export function testsCheck(results: readonly CaseResult[], scoring: CodeSpec['scoring']): CheckResult {
  const failures = results.filter((result) => !result.passed);
  const passedCount = results.length - failures.length;
  const [first] = failures;
  return {
    name: 'tests',
    outcome: first ? 'fail' : 'pass',
    score: scoring === 'fraction' ? passedCount / results.length : first ? 0 : 1,
    passedCount,
    totalCount: results.length,
    diagnostics: failures.map(({ name, reason }) => ({
      severity: 'error',
      message: name,
      code: reason.code,
    })),
    ...(first && { evidence: { case: first.name, reason: first.reason.text, ...first.evidence } }),
  };
}
