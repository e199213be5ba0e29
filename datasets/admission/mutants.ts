import { compareByProof, type Equivalence } from '../../verifiers/chip/formal/equivalence.ts';
import { findTools } from '../../verifiers/chip/icarus/tools.ts';
import { type Mutant, mutantsOf } from '../../verifiers/chip/mutate/mutants.ts';
import { findOracle } from '../../verifiers/chip/reference.ts';
import type { ChipSpec } from '../../verifiers/chip/spec.ts';
import { preprocess } from '../../verifiers/chip/verilog/preprocess.ts';
import type { JudgeOptions } from './candidates.ts';
import type { Finding, MutantsFound, Survivor } from './certificate.ts';

/** The share of mutants that may neither fail nor be proved equivalent; of a few mutants one may. */
const mostSurvivors = 0.05;
/** A proof has more time here than within a verdict. */
const proofCpuSeconds = 2;

export type MutantOptions = JudgeOptions & { mutants: number };

/** What mutants of a design are held against. */
export type MutantTrial = {
  /** The design that they are made of. */
  source: string;
  /** Seeds with which a mutant that passed with seed 0 is tried again, where no proof closed. */
  furtherSeeds: readonly number[];
  /** `none`: the mutant does not come as far as being run, and says nothing of the task. */
  outcome(mutant: string, seed: number): Promise<'none' | 'fails' | 'passes'>;
  /** Compares a mutant with the design by proof. */
  prove(mutant: string): Promise<Equivalence>;
};

/** What became of mutants of a design. */
export async function judgeMutants(trial: MutantTrial, most: number): Promise<MutantsFound> {
  const found: MutantsFound = { judged: 0, failed: 0, equivalent: 0, survivors: [] };
  for (const mutant of mutantsOf(trial.source, { seed: 0 })) {
    if (found.judged >= most) break;
    const outcome = await trial.outcome(mutant.text, 0);
    if (outcome === 'none') continue;
    found.judged += 1;
    if (outcome === 'fails') found.failed += 1;
    else {
      const survivor = await survivorOf(mutant, trial);
      if (survivor) found.survivors.push(survivor);
      else found.equivalent += 1;
    }
  }
  return found;
}

/** What is known of a mutant that passed; nothing where it is proved to be the design in other words. */
async function survivorOf(
  { operator, line, column, fault, text }: Mutant,
  { furtherSeeds, outcome, prove }: MutantTrial,
): Promise<Survivor | undefined> {
  // First the proof, for most mutants that pass are equal.
  const proof = await prove(text);
  if (proof.outcome === 'proved') return undefined;
  const survivor = { operator, line, column, fault };
  for (const seed of furtherSeeds)
    if ((await outcome(text, seed)) !== 'passes') return { ...survivor, known: `fails with seed ${seed}` };
  return { ...survivor, known: knownBy(proof) };
}

/** What a proof that found no equality has to say. */
export function knownBy(proof: Exclude<Equivalence, { outcome: 'proved' }>): string {
  if (proof.outcome === 'different') return `differs within ${proof.steps.length} steps, as a proof found`;
  return proof.outcome === 'bounded' ? `does not differ within ${proof.steps} steps` : proof.why;
}

/** Holds a design against a reference by proof. */
export async function proofOf(
  text: string,
  { reference, verify: spec }: { reference: string; verify: ChipSpec },
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

/** Whether enough mutants are told from the design. */
export function mutantFinding({ judged, failed, equivalent, survivors }: MutantsFound): Finding {
  const rule = 'mutants';
  if (judged === 0) return { rule, outcome: 'fail', message: 'no mutant of the reference could be made' };
  const message = `of ${judged} mutants ${failed} fail, ${equivalent} are proved equivalent and ${survivors.length} survive`;
  const most = Math.max(1, judged * mostSurvivors);
  return { rule, outcome: survivors.length <= most ? 'pass' : 'fail', message };
}
