import type { Task } from '../datasets/task.ts';
import type { Check, Diagnostic, Verdict } from '../verifiers/verdict.ts';
import { failingTests } from './failing-tests.ts';
import { mismatchTable } from './mismatch-table.ts';
import { openChecks } from './open-stimulus.ts';
import { environmentOf } from './registry.ts';

const maxDiagnostics = 20;
const maxMessageLength = 400;
const maxNames = 20;

/** Checks that look at the candidate without running it: all they can tell of is its own text. */
const staticChecks = new Set(['extract', 'apply', 'compile', 'gate', 'lint', 'elaborate', 'quality']);

/**
 * What a policy is told of an attempt that failed, as far as its task allows: diagnostics of its own code by line,
 * and names or counts of failing tests.
 *
 * Never inputs, expected values or evidence. What a candidate says while it runs is left out too, for it could
 * repeat the inputs it was given; and of the tests only names that the task itself gives them are let through.
 *
 * `open` is how a design fared under stimulus that no grading uses; it is told of in place of the simulation, and the
 * levels of its first mismatch as well where the task allows that. Without it nothing is told but that it failed.
 */
export function feedback(
  task: Task,
  verdict: Verdict,
  { turn, turns, open }: { turn: number; turns: number; open?: Verdict | undefined },
): string {
  const left = turns - turn === 1 ? 'one attempt is left' : `${turns - turn} attempts are left`;
  const lines = failedOf(openChecks(verdict, open)).flatMap((check) => tell(task, check));
  const table = open ? mismatchTable(task, open) : [];
  return [`Your answer failed; ${left}.`, ...lines, ...table, environmentOf(task).askAgain].join('\n');
}

/** What a policy is told of a design that its task gives it: what the linter says, and what fails under open stimulus. */
export function diagnosis(task: Task, open: Verdict): string {
  const linted = open.checks.filter(({ name, outcome }) => name === 'lint' && outcome === 'pass');
  const findings = linted.flatMap(({ diagnostics }) => shownDiagnostics(task, diagnostics));
  const lint = findings.length > 0 ? ['- lint:', ...findings] : [];
  const failed = failedOf(open.checks).flatMap((check) => tell(task, check));
  const lines = [...lint, ...failed, ...mismatchTable(task, open)];
  return open.status === 'scored' && open.passed
    ? [...lines, '- simulate: random stimulus finds nothing'].join('\n')
    : lines.join('\n');
}

function failedOf(checks: readonly Check[]): Check[] {
  return checks.filter(({ outcome }) => outcome === 'fail');
}

function tell(task: Task, check: Check): string[] {
  return staticChecks.has(check.name) ? tellDiagnostics(task, check) : tellTests(task, check);
}

function tellDiagnostics(task: Task, { name, diagnostics }: Check): string[] {
  return [`- ${name}: failed`, ...shownDiagnostics(task, diagnostics)];
}

function shownDiagnostics({ feedback: allowed, verify }: Task, diagnostics: readonly Diagnostic[]): string[] {
  if (!allowed.diagnostics) return [];
  const ofTree = verify.mode === 'repository';
  const shown = diagnostics.slice(0, maxDiagnostics).map((diagnostic) => `  ${describe(diagnostic, ofTree)}`);
  const more = diagnostics.length - shown.length;
  return [...shown, ...(more > 0 ? [`  and ${more} more`] : [])];
}

function describe({ severity, message, file, line, column, code }: Diagnostic, ofTree: boolean): string {
  const at =
    line === undefined ? [] : [`line ${line}`, ...(column === undefined ? [] : [`column ${column}`])];
  const words = [...(ofTree && file !== undefined ? [file] : []), ...at];
  const place = words.length === 0 ? '' : `${words.join(', ')}: `;
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
