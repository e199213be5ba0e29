import type { Task } from '../../datasets/task.ts';
import { createEnvironment, environmentOf } from '../../envs/index.ts';
import { answerOf } from '../../rollout/fence.ts';
import type { Sandbox } from '../../verifiers/sandbox/index.ts';
import type { Verdict } from '../../verifiers/verdict.ts';

/** One candidate that was judged on the way that every candidate takes, and whether it ended as it must. */
export type CandidateFinding = {
  environment: string;
  language: string;
  task: string;
  /** `reference`, or the name of the mutant. */
  candidate: string;
  expected: 'pass' | 'fail';
  ended: 'pass' | 'fail' | 'no-verdict';
  ok: boolean;
  /** Why it ended otherwise. */
  reason?: string;
};

/** Judges a right and a wrong candidate of a shipped task, for each environment and language. */
export async function examineCandidates(
  tasks: readonly Task[],
  sandbox: Sandbox,
): Promise<CandidateFinding[]> {
  const findings: CandidateFinding[] = [];
  for (const task of onePerLanguage(tasks)) {
    findings.push(await examine(task, 'reference', task.reference, 'pass', sandbox));
    const [mutant] = task.mutants;
    if (mutant) findings.push(await examine(task, mutant.name, mutant.text, 'fail', sandbox));
  }
  return findings;
}

/** The first task of each environment and language, an easy one where there is one. */
function onePerLanguage(tasks: readonly Task[]): Task[] {
  const chosen = new Map<string, Task>();
  const easyFirst = [...tasks].sort(
    (a, b) => Number(b.difficulty === 'easy') - Number(a.difficulty === 'easy'),
  );
  for (const task of easyFirst) {
    const key = `${task.verify.kind} ${task.verify.language}`;
    if (!chosen.has(key)) chosen.set(key, task);
  }
  return [...chosen.values()];
}

async function examine(
  task: Task,
  candidate: string,
  text: string,
  expected: 'pass' | 'fail',
  sandbox: Sandbox,
): Promise<CandidateFinding> {
  const { language } = task.verify;
  const environment = createEnvironment({ tasks: [task], sandbox, turns: 1 });
  await environment.reset({ task: task.id });
  const { info } = await environment.step({ completion: answerOf(task, text) });
  await environment.close();
  const ended = endOf(info.verdict);
  const reason = ended === expected ? undefined : reasonOf(info.verdict);
  return {
    environment: environmentOf(task).name,
    language,
    task: task.id,
    candidate,
    expected,
    ended,
    ok: ended === expected,
    ...(reason !== undefined && { reason }),
  };
}

function endOf(verdict: Verdict | undefined): CandidateFinding['ended'] {
  if (verdict?.status !== 'scored') return 'no-verdict';
  return verdict.passed ? 'pass' : 'fail';
}

function reasonOf(verdict: Verdict | undefined): string | undefined {
  if (verdict?.status === 'no-verdict') return verdict.error.message;
  const failed = verdict?.checks.find(({ outcome }) => outcome === 'fail');
  return failed && [`${failed.name} failed`, failed.diagnostics[0]?.message].filter(Boolean).join(': ');
}
