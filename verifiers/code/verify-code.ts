import { AssayError } from '../errors.ts';
import type { JudgeInput, Judgement } from '../judge.ts';
import type { CodeSpec } from './spec.ts';

export function judgeCode(input: JudgeInput<CodeSpec>): Promise<Judgement> {
  throw new AssayError('INTERNAL', `no verifier yet for ${input.task.id}`);
}
