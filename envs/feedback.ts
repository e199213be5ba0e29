import type { Task } from '../datasets/task.ts';
import type { Check, Diagnostic, Verdict } from '../verifiers/verdict.ts';
import { failingTests } from './failing-tests.ts';
import { environmentOf } from './registry.ts';

const maxDiagnostics = 20;
const maxMessageLength = 400;
const maxNames = 20;

/** Checks that look at the candidate without running it: all they can tell of is its own text. */
const staticChecks = new Set(['extract', 'compile', 'gate', 'lint', 'elaborate']);

/**
 * What a policy is told of an attempt that failed, as far as its task allows: diagnostics of its own code by line,
 * and names or counts of failing tests.
 *
 * Never inputs, expected values or evidence. What a candidate says while it runs is left out too, for it could
 * repeat the inputs it was given; and of the tests only names that the task itself gives them are let through.
 */
export function feedback(
  task: Task,
  verdict: Verdict,
  { turn, turns }: { turn: number; turns: number },
): string {
  const left = turns - turn === 1 ? 'one attempt is left' : `${turns - turn} attempts are left`;
  const failed = verdict.checks.filter(({ outcome }) => outcome === 'fail');
  const lines = failed.flatMap((check) => tell(task, check));
  return [`Your answer failed; ${left}.`, ...lines, environmentOf(task).askAgain].join('\n');
}

function tell(task: Task, check: Check): string[] {
  return staticChecks.has(check.name) ? tellDiagnostics(task, check) : tellTests(task, check);
}

function tellDiagnostics({ feedback: allowed }: Task, { name, diagnostics }: Check): string[] {
  const head = `- ${name}: failed`;
  if (!allowed.diagnostics || diagnostics.length === 0) return [head];
  const shown = diagnostics.slice(0, maxDiagnostics).map((diagnostic) => `  ${describe(diagnostic)}`);
  const more = diagnostics.length - shown.length;
  return [head, ...shown, ...(more > 0 ? [`  and ${more} more`] : [])];
}

function describe({ severity, message, line, column, code }: Diagnostic): string {
  const place = line === undefined ? '' : `line ${line}${column === undefined ? '' : `, column ${column}`}: `;
  const text = message.replaceAll(/\s+/g, ' ').slice(0, maxMessageLength);
  return `${place}${severity}${code === undefined ? '' : ` ${code}`}: ${text}`;
}

function tellTests(task: Task, check: Check): string[] {
  const { passedCount: passed, totalCount: total } = check;
  if (task.feedback.tests === 'none' || passed === undefined || total === undefined)
    return [`- ${check.name}: failed`];
  const names = task.feedback.tests === 'names' ? failingTests(task, check) : [];
  const shown = names.slice(0, maxNames).map((name) => `  ${name}`);
  const more = names.length - shown.length;
  return [
    `- ${check.name}: ${passed} of ${total} passed${names.length > 0 ? '; failing:' : ''}`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}
