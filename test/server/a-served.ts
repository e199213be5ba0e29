import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { packageRoot } from '../../verifiers/paths.ts';

/** Starts a command of `assay` that serves, for the test that runs, and waits for the object it prints. */
export async function aServed(args: readonly string[], env: Record<string, string> = {}) {
  const child = execa(process.execPath, ['bin/assay.mjs', ...args, '--port', '0', '--json'], {
    cwd: packageRoot,
    env,
    reject: false,
    // A server that drains may take longer than execa waits before it kills.
    forceKillAfterDelay: false,
  });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await child;
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, 'line'),
    child.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ]);
  return { child, ...(JSON.parse(line) as { url: string }) };
}
