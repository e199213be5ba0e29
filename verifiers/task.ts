import type { ChipSpec } from './chip/spec.ts';
import type { ChipTaskSpec } from './chip/task-spec.ts';
import type { CodeTaskSpec } from './code/spec.ts';
import type { Frame } from './frame.ts';
import type { Rubric } from './rubric.ts';

/** What judging needs of a task. `reference` is a candidate known to be right; it never enters a candidate's sandbox. */
export type VerifiableTask = {
  id: string;
  verify: CodeTaskSpec | ChipTaskSpec;
  reference: string;
  /** The code that an answer is put into before it is judged. */
  frame?: Frame | undefined;
  /** Replaces weights and gates of the verifier's default rubric, by check. */
  rubric?: Partial<Rubric> | undefined;
};

/** The spec of a task whose answer is a design, which is simulated beside the reference; of another task nothing. */
export function designSpecOf(verify: VerifiableTask['verify']): ChipSpec | undefined {
  return 'stimulus' in verify ? verify : undefined;
}
