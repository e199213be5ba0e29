import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVerifierSandbox } from '../../../verifiers/open.ts';
import type { SandboxHost } from '../../../verifiers/sandbox/index.ts';
import { verify } from '../../../verifiers/verify.ts';
import { attacks } from './suite.ts';

let sandbox: SandboxHost;
let burners: ChildProcess[] = [];
beforeAll(async () => {
  sandbox = await openVerifierSandbox();
  const count = 3 * availableParallelism();
  burners = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
});
afterAll(async () => {
  for (const burner of burners) burner.kill('SIGKILL');
  await sandbox?.close();
});

describe('red team of code, on a machine with four times the work that it can do', () => {
  it.each(attacks(/./))('$id is $expected: it $attack', async ({ task, candidate, expected }) => {
    const verdict = await verify(task, candidate, { sandbox });
    expect(verdict).toMatchObject({ status: 'scored', passed: expected === 'accepted' });
  });
});
