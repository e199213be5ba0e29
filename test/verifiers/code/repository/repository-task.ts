import type { RepositorySpec } from '../../../../verifiers/code/repository/spec.ts';
import { codeTaskSchema } from '../../../../verifiers/code/spec.ts';
import type { Sandbox } from '../../../../verifiers/sandbox/index.ts';
import type { VerifiableTask } from '../../../../verifiers/task.ts';
import type { Verdict } from '../../../../verifiers/verdict.ts';
import { verify } from '../../../../verifiers/verify.ts';

/** A task of a repository from what matters of its spec. */
export function repositoryTask(spec: Record<string, unknown>): VerifiableTask & { verify: RepositorySpec } {
  const parsed = codeTaskSchema.parse({ kind: 'code', mode: 'repository', ...spec });
  if (parsed.mode !== 'repository') throw new Error('another kind of task');
  return { id: 'test/repository', reference: '', verify: parsed };
}

type Scored = Extract<Verdict, { status: 'scored' }>;

/** The verdict of a change by whole files, of a diff, or of any other completion. */
export async function judged(
  task: VerifiableTask,
  change: string | Record<string, string | null>,
  sandbox: Sandbox,
): Promise<Scored> {
  const completion = typeof change === 'string' ? change : JSON.stringify({ files: change });
  const verdict = await verify(task, completion, { sandbox });
  if (verdict.status === 'no-verdict') throw new Error(JSON.stringify(verdict.error));
  return verdict;
}

/** What fails of a change, as `check: message (code)`; nothing when it passes. */
export async function failures(...words: Parameters<typeof judged>): Promise<string[]> {
  const { checks, passed } = await judged(...words);
  const failing = checks.filter(({ outcome }) => outcome === 'fail');
  if (passed !== (failing.length === 0)) throw new Error('a verdict that contradicts itself');
  return failing.flatMap(({ name, diagnostics }) =>
    diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ file, line, message, code }) => {
        const place = [file, line].filter((part) => part !== undefined).join(':');
        return `${name}: ${place && `${place}: `}${message} (${code})`;
      }),
  );
}
