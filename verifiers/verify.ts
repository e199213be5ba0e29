import { judgeChipTask } from './chip/modes.ts';
import { judgeCode } from './code/verify-code.ts';
import { asAssayError } from './errors.ts';
import { extractAnswer } from './extract.ts';
import type { Judgement } from './judge.ts';
import { meter } from './sandbox/meter.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import type { VerifiableTask } from './task.ts';
import { type Check, sha256, type Verdict } from './verdict.ts';

export type VerifyOptions = {
  sandbox: Sandbox;
  /** Decides whatever is drawn at random, e.g. stimulus. Default 0. */
  seed?: number;
  /** Counts from 1; recorded in the verdict. */
  attempt?: number;
  signal?: AbortSignal;
};

/**
 * Judges one completion of a policy, or a bare candidate, for a task.
 *
 * Faults of the machine or of the task end as a `no-verdict` with their blame, never as a reward. Rejects only with
 * `CANCELLED` after `signal`, and for bugs in the caller.
 *
 * @example
 * const verdict = await verify(task, '```python\ndef double(x): return 2 * x\n```', { sandbox });
 */
export async function verify(
  task: VerifiableTask,
  completion: string,
  options: VerifyOptions,
): Promise<Verdict> {
  const { seed = 0, attempt = 1, signal } = options;
  const { sandbox, usage } = meter(options.sandbox);
  const extracted = extractAnswer(completion, task);
  const frame = {
    task: task.id,
    candidateSha256: sha256(extracted.candidate ?? completion),
    seed,
    attempt,
    sandbox: sandbox.level,
    usage,
  };
  if (extracted.candidate === undefined) {
    const checks = [extracted.check];
    return { ...frame, checks, isolation: 'split', tools: [], status: 'scored', reward: 0, passed: false };
  }
  const input = { task, candidate: extracted.candidate, seed, sandbox, ...(signal && { signal }) };
  try {
    const judgement = await judge(input);
    return { ...frame, ...judgement, checks: [extracted.check, ...judgement.checks], status: 'scored' };
  } catch (thrown) {
    const { blame, code, message, retryable } = asAssayError(thrown);
    if (code === 'CANCELLED') throw thrown;
    const checks: Check[] = [extracted.check];
    const error = { blame, code, message, retryable };
    return { ...frame, checks, isolation: 'split', tools: [], status: 'no-verdict', error };
  }
}

type Input = Omit<Parameters<typeof judgeCode>[0], 'spec'>;

function judge(input: Input): Promise<Judgement> {
  const spec = input.task.verify;
  return spec.kind === 'code' ? judgeCode({ ...input, spec }) : judgeChipTask({ ...input, spec });
}
