import type { EquivalenceSpec } from '../../verifiers/chip/equivalence/spec.ts';
import type { ChipSpec } from '../../verifiers/chip/spec.ts';
import type { TestbenchSpec } from '../../verifiers/chip/testbench/spec.ts';
import type { Task } from '../task.ts';

/** A task whose answer is a design, a testbench, or what is said of designs. */
export type DesignTask = Task & { verify: ChipSpec };
export type TestbenchTask = Task & { verify: TestbenchSpec };
export type EquivalenceTask = Task & { verify: EquivalenceSpec };

/** A task that can be admitted: one of chip design. */
export type AdmissionTask = DesignTask | TestbenchTask | EquivalenceTask;

export function isAdmissible(task: Task): task is AdmissionTask {
  return task.verify.kind === 'chip';
}

/** The task for candidates that are expected to fail: soon stopped, and without a linter, which costs more than all else. */
export function briefly(task: DesignTask, maxCpuSeconds = Number.POSITIVE_INFINITY): DesignTask {
  const { verify } = task;
  const cpuSeconds = Math.min(verify.limits.cpuSeconds, maxCpuSeconds);
  const counts = verify.lint === 'gate' || task.rubric?.lint !== undefined;
  const lint = counts ? verify.lint : 'off';
  return { ...task, verify: { ...verify, lint, limits: { ...verify.limits, cpuSeconds } } };
}
