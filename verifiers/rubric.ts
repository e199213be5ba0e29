import { AssayError } from './errors.ts';
import type { Check } from './verdict.ts';

/** How much a check counts, and whether its failure ends the judging. */
export type RubricEntry = { weight: number; gate: boolean };

/** The checks of a task by name, in the order in which they run. */
export type Rubric = Record<string, RubricEntry>;

/** The rubric of a verifier with what a task changes of it. Throws `TASK_INVALID` for a check it does not have. */
export function withOverrides(defaults: Rubric, overrides: Partial<Rubric> = {}): Rubric {
  const rubric = { ...defaults };
  for (const [name, entry] of Object.entries(overrides)) {
    if (!Object.hasOwn(defaults, name)) {
      const known = Object.keys(defaults).join(', ');
      throw new AssayError('TASK_INVALID', `rubric: there is no check "${name}" — its checks are ${known}`);
    }
    if (entry) rubric[name] = entry;
  }
  return rubric;
}

/** A check before the rubric gave it its weight. */
export type CheckResult = Omit<Check, 'weight'>;

/** What a check yields beside its result: `stop` tells that no later check can run. */
export type CheckRun = () => Promise<CheckResult>;

/**
 * Runs the checks of a rubric in order. A gate that fails leaves the rest `skipped`.
 * Checks that the table lacks are a bug of ours and throw.
 */
export async function runRubric(rubric: Rubric, runs: Record<string, CheckRun>): Promise<Check[]> {
  const checks: Check[] = [];
  let stopped = false;
  for (const [name, { weight, gate }] of Object.entries(rubric)) {
    const run = runs[name];
    if (!run) throw new Error(`the rubric names a check "${name}" that its verifier does not have`);
    const result: CheckResult = stopped ? skipped(name) : await run();
    checks.push({ ...result, weight });
    stopped ||= gate && result.outcome === 'fail';
  }
  return checks;
}

/** A check that did not run, with the reason where there is one to give. */
export function skipped(name: string, reason?: string): CheckResult {
  const diagnostics = reason ? [{ severity: 'info' as const, message: reason }] : [];
  return { name, outcome: 'skipped', score: 0, diagnostics };
}

/**
 * The reward of a list of checks: 0 when a gate failed, else the weighted mean of the scores. A check that was
 * skipped for want of a tool has no part in it. `passed` needs every check that ran to pass.
 */
export function score(rubric: Rubric, checks: Check[]): { reward: number; passed: boolean } {
  const failedGate = checks.some((check) => check.outcome === 'fail' && rubric[check.name]?.gate);
  const counted = checks.filter((check) => check.outcome !== 'skipped');
  const passed = !failedGate && counted.every((check) => check.outcome === 'pass');
  const weight = counted.reduce((sum, check) => sum + check.weight, 0);
  if (failedGate || weight === 0) return { reward: 0, passed };
  return { reward: counted.reduce((sum, check) => sum + check.weight * check.score, 0) / weight, passed };
}
