import { AssayError, isErrorCode } from '../../verifiers/errors.ts';
import type { Sandbox } from '../../verifiers/sandbox/index.ts';
import type { Verdict } from '../../verifiers/verdict.ts';
import { verify } from '../../verifiers/verify.ts';
import type { Task } from '../task.ts';

/** How candidates of one task are judged. */
export type Judge = (candidate: string, seed?: number) => Promise<Scored>;
type Scored = Verdict & { status: 'scored' };

export type JudgeOptions = { sandbox: Sandbox; signal?: AbortSignal };

/** A judge that throws where a candidate has no verdict: then nothing can be said of the task. */
export function judgeFor(task: Task, options: JudgeOptions): Judge {
  return async (candidate, seed = 0) => {
    const verdict = await verify(task, candidate, { ...options, seed });
    if (verdict.status === 'scored') return verdict;
    const { code, message } = verdict.error;
    throw new AssayError(isErrorCode(code) ? code : 'INTERNAL', message);
  };
}

/** The first check that failed, with the first reason. */
export function failureOf({ checks }: Scored): string {
  const failed = checks.find(({ outcome }) => outcome === 'fail');
  const [said] = failed?.diagnostics ?? [];
  return failed ? `fails at ${failed.name}${said ? `: ${said.message}` : ''}` : 'does not pass';
}
