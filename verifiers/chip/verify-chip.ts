import { AssayError } from '../errors.ts';
import type { JudgeInput, Judgement } from '../judge.ts';
import type { ChipSpec } from './spec.ts';

export function judgeChip(input: JudgeInput<ChipSpec>): Promise<Judgement> {
  throw new AssayError('INTERNAL', `no verifier yet for ${input.task.id}`);
}
