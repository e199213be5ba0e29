import type { Task } from '../datasets/task.ts';
import { casesOf } from '../verifiers/code/spec.ts';
import { designSpecOf } from '../verifiers/task.ts';
import type { Check, Diagnostic } from '../verifiers/verdict.ts';

/**
 * What a check that ran the candidate found failing: tests and outputs by the names that the task gives them, with
 * counts and the verifier's own word for the kind of failure. Nothing else of a diagnostic is let through, for it
 * may have come from a candidate that had seen the inputs.
 */
export function failingTests(task: Task, check: Check): string[] {
  const names = namesOf(task, check);
  const found = check.diagnostics.flatMap((diagnostic) => {
    const told = diagnostic.message.match(outputCounts);
    const name = told?.groups?.output ?? diagnostic.message;
    if (!names.has(name)) return kindsOf(diagnostic);
    const counts = told ? [`${told.groups?.counts} samples`] : [];
    return [`${name} (${[...kindsOf(diagnostic), ...counts].join(', ')})`.replace(' ()', '')];
  });
  return [...new Set(found)];
}

/** How the simulation names an output that is not as the reference's. */
const outputCounts = /^output (?<output>\w+) differs from the reference in (?<counts>\d+ of \d+) samples$/;

/**
 * A suite names its tests itself, in a process that holds nothing of the candidate's; what a testbench fails at is
 * told in words of the task and of the verifier alone.
 */
function namesOf({ verify }: Task, { diagnostics }: Check): Set<string> {
  const design = designSpecOf(verify);
  if (design) return new Set(design.ports.map(({ name }) => name));
  if (verify.kind === 'chip' || verify.mode === 'assertions')
    return new Set(diagnostics.map(({ message }) => message));
  if (verify.mode === 'repository' && verify.tests.by !== 'programs') return new Set(verify.names);
  if (verify.mode === 'properties') return new Set(drawnNames(verify.count));
  return new Set(casesOf(verify).map(({ name }, index) => name ?? `case ${index + 1}`));
}

/** As the verifier names the inputs that it draws. */
const drawnNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `input ${index + 1}`);

/** Codes are words of the verifier's own, e.g. `wrong-value`. */
function kindsOf({ code }: Diagnostic): string[] {
  return code && /^[a-z]+(-[a-z]+)*$/.test(code) ? [code] : [];
}
