import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadTasks } from '../../../../datasets/load.ts';
import { openVerifierSandbox } from '../../../../verifiers/open.ts';
import type { SandboxHost } from '../../../../verifiers/sandbox/index.ts';
import { verify } from '../../../../verifiers/verify.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2, unsafe: true });
});
afterAll(() => sandbox?.close());

const tasks = await loadTasks(
  'go/fair-shares,rust/car-park,java/car-park,bash/version-words,python/job-board',
);

it.each(tasks.map((task) => [task.id, task] as const))(
  'the reference of %s passes without a sandbox, and the verdict says so',
  { timeout: 240_000 },
  async (_, task) => {
    const verdict = await verify(task, task.reference, { sandbox });
    expect(verdict).toMatchObject({ status: 'scored', passed: true, sandbox: 'none' });
  },
);
