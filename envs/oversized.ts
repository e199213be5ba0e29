import type { Sandbox } from '../verifiers/sandbox/sandbox.ts';
import { type Check, sha256, type Verdict } from '../verifiers/verdict.ts';
import type { Episode } from './episode.ts';

/** A longer completion is a failed attempt; it is not judged further, and only so much of it is kept. */
export const maxCompletionBytes: number = 1 << 20;

/** The verdict on a completion that is too long to be looked at. It is the policy's doing, so it is scored. */
export function oversized(
  { task, seed }: Episode,
  completion: string,
  sandbox: Sandbox,
): Verdict | undefined {
  const bytes = Buffer.byteLength(completion);
  if (bytes <= maxCompletionBytes) return undefined;
  const message = `the answer has ${bytes} bytes; at most ${maxCompletionBytes} are read`;
  const diagnostics = [{ severity: 'error' as const, message }];
  const check: Check = { name: 'extract', outcome: 'fail', score: 0, weight: 0, diagnostics };
  return {
    task: task.id,
    candidateSha256: sha256(completion),
    seed,
    attempt: 1,
    checks: [check],
    isolation: 'split',
    sandbox: sandbox.level,
    tools: [],
    usage: { cpuMs: 0, wallMs: 0, peakMemoryBytes: 0 },
    status: 'scored',
    reward: 0,
    passed: false,
  };
}
