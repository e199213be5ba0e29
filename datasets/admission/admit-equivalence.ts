import { designTexts } from '../../verifiers/chip/equivalence/counterexample.ts';
import { simulationSpec } from '../../verifiers/chip/equivalence/spec.ts';
import type { EquivalenceTask } from './admission-task.ts';
import { hollow } from './admit-testbench.ts';
import { failureOf, type Judge, type JudgeOptions, judgeFor } from './candidates.ts';
import type { Finding } from './certificate.ts';
import { fail, lookAt, pass, type Rule } from './findings.ts';
import { knownBy, proofOf } from './mutants.ts';

type EquivalenceRule = Rule<JudgeOptions & { task: EquivalenceTask; judge: Judge }>;

/** What is said to differ is shown to, by the inputs of the reference. */
const reference: EquivalenceRule = {
  name: 'reference',
  async find({ task, judge }) {
    const verdict = await judge(task.reference);
    return verdict.passed
      ? pass('the reference is right of every design, by inputs where it differs')
      : fail(`the reference ${failureOf(verdict)}`);
  },
};

/** What is said to be equivalent is proved to be. */
const equivalent: EquivalenceRule = {
  name: 'equivalent',
  async find({ task, sandbox, signal }) {
    const { original, others } = designTexts(task.verify);
    const spec = simulationSpec(task.verify, []);
    const random = { ...spec.stimulus.random, cycles: 500 };
    const compared = { reference: original, verify: { ...spec, stimulus: { ...spec.stimulus, random } } };
    const equal = others.filter((_, index) => task.verify.designs.others[index]?.equivalent);
    for (const { name, text } of equal) {
      const proof = await proofOf(text, compared, { sandbox, ...(signal && { signal }) });
      if (proof.outcome !== 'proved') return fail(`${name} is not proved equivalent: ${knownBy(proof)}`);
    }
    return pass(`${equal.length} designs are proved equivalent to the original`);
  },
};

/** Every demand on a task that asks which designs are equivalent. */
export function equivalenceFindings(task: EquivalenceTask, options: JudgeOptions): Promise<Finding[]> {
  return lookAt<JudgeOptions & { task: EquivalenceTask; judge: Judge }>([reference, equivalent, hollow], {
    ...options,
    task,
    judge: judgeFor(task, options),
  });
}
