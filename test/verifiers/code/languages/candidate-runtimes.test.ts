import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { candidateNode, nodePackage } from '../../../../verifiers/code/languages/candidate-node.ts';
import { openVerifierSandbox } from '../../../../verifiers/open.ts';
import { findPython } from '../../../../verifiers/sandbox/index.ts';
import { verify } from '../../../../verifiers/verify.ts';
import { codeTask } from '../code-task.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-runtimes-'));
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true, force: true });
});

/** A program that is Node in all but the version that it tells. */
function otherNode(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    `#!/bin/sh\nif [ "$1" = --version ]; then echo v99.1.2; else exec ${process.execPath} "$@"; fi\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

it('is the Node that runs Assay, unless there is another one', () => {
  process.env.ASSAY_CACHE = join(folder, 'cache');
  expect(candidateNode('')).toBe(process.execPath);
  const { name, version } = nodePackage;
  const modules = join(folder, 'cache/languages', `node-${version}`, 'node_modules', name);
  const installed = otherNode(join(modules, 'bin/node'));
  writeFileSync(join(modules, 'package.json'), JSON.stringify({ name, version }));
  expect(candidateNode('')).toBe(installed);
  expect(candidateNode('running')).toBe(process.execPath);
});

it.each(['node', '/nonexistent/node', '/bin/sh'])('refuses the setting "%s" with a remedy', (setting) => {
  expect(() => candidateNode(setting)).toThrow(
    /ASSAY_NODE is .* give the absolute path of a program called "node"/,
  );
});

it('refuses a Python that cannot be one', () => {
  expect(() => findPython('/bin/true')).toThrow(/ASSAY_PYTHON is "\/bin\/true", .* give the path of one/);
  const { executable } = findPython();
  expect(findPython(executable).executable).toBe(executable);
});

it('runs candidates in the Node that the setting names, and says so in verdicts', async () => {
  process.env.ASSAY_NODE = otherNode(join(folder, 'other/node'));
  const sandbox = await openVerifierSandbox({ slots: 1 });
  try {
    const cases = [{ args: [2], returns: 4 }];
    // The word `process` keeps it from an isolate.
    const candidate = 'export const f = (x) => process.argv.length > 0 && 2 * x;';
    const verdict = await verify(codeTask({ language: 'javascript', cases }), candidate, { sandbox });
    expect(verdict).toMatchObject({ passed: true, tools: [{ name: 'node', version: '99.1.2' }] });
    const run = (command: string) =>
      sandbox.run({
        argv: ['sh', '-c', command],
        limits: { cpuMs: 5000, memoryBytes: 64 << 20, processes: 8, diskBytes: 1 << 20, outputBytes: 4096 },
      });
    expect((await run('command -v node; ls $(dirname $(command -v node))')).stdout.text).toBe(
      '/opt/assay/node/bin/node\nnode\n',
    );
  } finally {
    await sandbox.close();
  }
});
