import { expect, test } from 'vitest';
import { openVerifierSandbox } from '../../../../verifiers/open.ts';
import { verify } from '../../../../verifiers/verify.ts';
import { codeTask } from '../code-task.ts';

test('a candidate in JavaScript that calls a helper a million times is rejected', async () => {
  const sandbox = await openVerifierSandbox({ slots: 1 });
  try {
    const source = 'export function f(g) { for (let n = 0; n < 1e6; n += 1) g(n); return 1; }';
    const task = codeTask({
      language: 'javascript',
      helpers: 'const g = () => 1;',
      cases: [{ args: [{ $helper: 'g' }], returns: 1 }],
      limits: { cpuSeconds: 20 },
    });
    const verdict = await verify(task, `\`\`\`javascript\n${source}\n\`\`\``, { sandbox });
    expect(verdict.checks.at(-1)?.diagnostics).toMatchObject([{ code: 'helper-calls' }]);
  } finally {
    await sandbox.close();
  }
});
