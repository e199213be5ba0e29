import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTasks } from '../../datasets/load.ts';
import type { Task } from '../../datasets/task.ts';
import { openVerifierSandbox } from '../../verifiers/open.ts';
import type { Sandbox } from '../../verifiers/sandbox/sandbox.ts';
import { verify } from '../../verifiers/verify.ts';

const tasks = await loadTasks('python/*,javascript/*,typescript/*', { cwd: tmpdir() });

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openVerifierSandbox();
});
afterAll(() => sandbox.close());

type Outcome = { passed: boolean; earns: boolean } | { code: string; message: string };

async function judge(task: Task, completion: string): Promise<Outcome> {
  const verdict = await verify(task, completion, { sandbox });
  if (verdict.status === 'no-verdict') return { code: verdict.error.code, message: verdict.error.message };
  return { passed: verdict.passed, earns: verdict.reward > 0 };
}
