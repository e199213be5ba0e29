import { chipSpecSchema } from '../../verifiers/chip/spec.ts';
import { subjectsOf } from '../../verifiers/chip/testbench/designs.ts';
import { recogniseControls } from '../../verifiers/chip/verilog/controls.ts';
import { preprocess } from '../../verifiers/chip/verilog/preprocess.ts';
import { hollowCandidates } from '../checking/hollow.ts';
import type { TestbenchTask } from './admission-task.ts';
import { failureOf, type Judge, type JudgeOptions, judgeFor } from './candidates.ts';
import type { Finding } from './certificate.ts';
import { fail, lookAt, pass, type Rule } from './findings.ts';
import { type MutantTrial, proofOf } from './mutants.ts';

type TestbenchRule = Rule<{ task: TestbenchTask; judge: Judge }>;

const reference: TestbenchRule = {
  name: 'reference',
  async find({ task, judge }) {
    const verdict = await judge(task.reference);
    if (!verdict.passed) return fail(`the reference ${failureOf(verdict)}`);
    const { right, wrong } = task.verify.designs;
    return pass(`the reference accepts ${right.length} right designs and rejects ${wrong.length} wrong ones`);
  },
};

/** Two ways to be right show a testbench that asks for more than the prompt does. */
const leastRight = 2;

const designs: TestbenchRule = {
  name: 'designs',
  async find({ task }) {
    const { right, wrong } = subjectsOf(task.verify);
    const texts = new Set([...right, ...wrong].map(({ text }) => text));
    if (right.length < leastRight) return fail(`there are fewer than ${leastRight} right designs`);
    return texts.size === right.length + wrong.length
      ? pass(`there are ${right.length} right designs, and no two designs are the same text`)
      : fail('two of the designs are the same text');
  },
};

/** Answers that know nothing earn nothing. */
export const hollow: Rule<{ task: Parameters<typeof hollowCandidates>[0]; judge: Judge }> = {
  name: 'trivial',
  async find({ task, judge }) {
    const candidates = hollowCandidates(task);
    for (const { name, candidate } of candidates) {
      const { passed, reward } = await judge(candidate);
      if (passed || reward > 0) return fail(`an answer without content earns ${reward}: ${name}`);
    }
    return pass(`${candidates.length} answers without content earn nothing`);
  },
};

export function testbenchFindings(task: TestbenchTask, options: JudgeOptions): Promise<Finding[]> {
  return lookAt([reference, designs, hollow], { task, judge: judgeFor(task, options) });
}

/**
 * Mutants of the first right design, which the reference must reject: a description that leaves faults open could not be
 * tested to its end. For the proof, clock and reset are taken from its text. Each takes the place of all designs, as one that would be right.
 */
export function testbenchTrial(task: TestbenchTask, options: JudgeOptions): MutantTrial {
  const { top, ports, language } = task.verify;
  const source = subjectsOf(task.verify).right[0]?.text ?? '';
  const { clock, reset, otherClocks } = recogniseControls(preprocess(source).design?.tokens ?? [], ports);
  const controls = { ...(clock && { clock }), ...(reset && { reset }), otherClocks };
  const verify = chipSpecSchema.parse({ kind: 'chip', top, ports, language, ...controls, lint: 'off' });
  return {
    source,
    furtherSeeds: [],
    async outcome(mutant) {
      const only = { right: [{ text: mutant }], wrong: [{ fault: 'the same', text: mutant }] };
      const met: TestbenchTask = { ...task, verify: { ...task.verify, designs: only } };
      const { checks } = await judgeFor(met, options)(task.reference);
      const failed = checks.find(({ outcome }) => outcome === 'fail')?.name;
      if (failed === 'gate' || failed === 'elaborate') return 'none';
      return failed === 'accepts' ? 'fails' : 'passes';
    },
    prove: (mutant) => proofOf(mutant, { reference: source, verify }, options),
  };
}
