import { compareByProof, type Equivalence } from '../../verifiers/chip/formal/equivalence.ts';
import { findTools } from '../../verifiers/chip/icarus/tools.ts';
import { type Mutant, mutantsOf } from '../../verifiers/chip/mutate/mutants.ts';
import { findOracle } from '../../verifiers/chip/reference.ts';
import { preprocess } from '../../verifiers/chip/verilog/preprocess.ts';
import { type AdmissionTask, briefly } from './admission-task.ts';
import { type Judge, type JudgeOptions, judgeFor } from './candidates.ts';
import type { Certificate, Survivor } from './certificate.ts';

/** Checks that come before a design runs; a mutant that fails one of them says nothing of the stimulus. */
const early = new Set(['extract', 'gate', 'lint', 'elaborate']);

/** A mutant that does not end is soon stopped. */
const maxCpuSeconds = 2;
/** A proof has more time here than within a verdict. */
const proofCpuSeconds = 2;
const furtherSeeds = [1, 2, 3];

export type MutantOptions = JudgeOptions & { mutants: number };

/** What became of mutants of the reference under the task's own stimulus. */
export async function judgeMutants(
  task: AdmissionTask,
  options: MutantOptions,
): Promise<Certificate['mutants']> {
  const judge = judgeFor(briefly(task, maxCpuSeconds), options);
  const found: Certificate['mutants'] = { judged: 0, failed: 0, equivalent: 0, survivors: [] };
  for (const mutant of mutantsOf(task.reference, { seed: 0 })) {
    if (found.judged >= options.mutants) break;
    const verdict = await judge(mutant.text);
    const failed = verdict.checks.find(({ outcome }) => outcome === 'fail');
    if (failed && early.has(failed.name)) continue;
    found.judged += 1;
    if (!verdict.passed) found.failed += 1;
    else {
      const survivor = await survivorOf(mutant, judge, (text) => proofOf(text, task, options));
      if (survivor) found.survivors.push(survivor);
      else found.equivalent += 1;
    }
  }
  return found;
}

/** What is known of a mutant that passed; nothing where it is proved to be the reference in other words. */
async function survivorOf(
  { operator, line, column, fault, text }: Mutant,
  judge: Judge,
  prove: (text: string) => Promise<Equivalence>,
): Promise<Survivor | undefined> {
  const survivor = { operator, line, column, fault };
  for (const seed of furtherSeeds)
    if (!(await judge(text, seed)).passed) return { ...survivor, known: `fails with seed ${seed}` };
  const proof = await prove(text);
  return proof.outcome === 'proved' ? undefined : { ...survivor, known: knownBy(proof) };
}

function knownBy(proof: Exclude<Equivalence, { outcome: 'proved' }>): string {
  if (proof.outcome === 'different') return `differs within ${proof.steps.length} steps, as a proof found`;
  return proof.outcome === 'bounded' ? `does not differ within ${proof.steps} steps` : proof.why;
}

async function proofOf(
  text: string,
  { reference, verify: spec }: AdmissionTask,
  { sandbox, signal }: JudgeOptions,
): Promise<Equivalence> {
  const tools = await findTools(sandbox);
  const { design } = preprocess(text);
  const oracle = await findOracle({ reference, spec, seed: 0, sandbox, tools });
  return compareByProof(design?.text ?? text, {
    cpuSeconds: proofCpuSeconds,
    sandbox,
    tools,
    spec,
    reference,
    oracle,
    ...(signal && { signal }),
  });
}
