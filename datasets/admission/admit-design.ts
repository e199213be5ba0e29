import { findTools } from '../../verifiers/chip/icarus/tools.ts';
import { findOracle } from '../../verifiers/chip/reference.ts';
import { AssayError } from '../../verifiers/errors.ts';
import { briefly, type DesignTask } from './admission-task.ts';
import { judgeFor } from './candidates.ts';
import type { Finding } from './certificate.ts';
import { designRules } from './design-rules.ts';
import { lookAt } from './findings.ts';
import { type MutantOptions, type MutantTrial, proofOf } from './mutants.ts';

/** What is found of a task that asks for a design, but for its mutants. */
export async function designFindings(task: DesignTask, options: MutantOptions): Promise<Finding[]> {
  const { sandbox, signal } = options;
  const { reference, verify: spec } = task;
  if (reference === '') throw new AssayError('TASK_REFERENCE_FAILED', 'the task has no reference');
  signal?.throwIfAborted();
  const oracle = await findOracle({ reference, spec, seed: 0, sandbox, tools: await findTools(sandbox) });
  return lookAt(designRules, { ...options, task, judge: judgeFor(task, options), oracle });
}

/** Checks that come before a design runs; a mutant that fails one of them says nothing of the stimulus. */
const early = new Set(['extract', 'gate', 'lint', 'elaborate']);

/** A mutant that does not end is soon stopped. */
const maxCpuSeconds = 2;

/** Mutants of the reference, which the task's own stimulus must tell from it. */
export function designTrial(task: DesignTask, options: MutantOptions): MutantTrial {
  const judge = judgeFor(briefly(task, maxCpuSeconds), options);
  return {
    source: task.reference,
    furtherSeeds: [1, 2, 3],
    async outcome(mutant, seed) {
      const { passed, checks } = await judge(mutant, seed);
      const failed = checks.find(({ outcome }) => outcome === 'fail');
      if (failed && early.has(failed.name)) return 'none';
      return passed ? 'passes' : 'fails';
    },
    prove: (mutant) => proofOf(mutant, task, options),
  };
}
