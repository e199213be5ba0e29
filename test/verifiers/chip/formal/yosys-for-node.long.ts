import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAssay } from '../../../cli/run-assay.ts';
import { counter, counterReference } from '../chip-task.ts';
import type { ChipTask } from '../verilog-eval.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-yosys-'));
const environment = { ASSAY_YOSYS: join(folder, 'yosys') };
// What a sandbox shows is settled when its needs are loaded.
Object.assign(process.env, environment);
const { compareByProof } = await import('../../../../verifiers/chip/formal/equivalence.ts');
const { quality } = await import('../../../../verifiers/chip/formal/quality.ts');
const { yosysPackage } = await import('../../../../verifiers/chip/icarus/needs.ts');
const { findTools } = await import('../../../../verifiers/chip/icarus/tools.ts');
const { findOracle } = await import('../../../../verifiers/chip/reference.ts');
const { openVerifierSandbox } = await import('../../../../verifiers/open.ts');

let sandbox: Awaited<ReturnType<typeof openVerifierSandbox>>;
beforeAll(async () => {
  expect(await runAssay(['tools', 'yosys'], { env: environment })).toMatchObject({ exitCode: 0 });
  sandbox = await openVerifierSandbox({ slots: 1 });
}, 120_000);
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

async function context({ verify: spec, reference }: ChipTask) {
  const command = ['node', '--no-warnings', '--liftoff-only', '/opt/assay/chip/yosys.mjs'];
  const yosys = { version: yosysPackage.version, command, abc: null };
  const tools = { ...(await findTools(sandbox)), yosys };
  const oracle = await findOracle({ reference, spec, seed: 1, sandbox, tools });
  return { sandbox, tools, spec, reference, oracle };
}

test('a build that cannot be loaded is a fault of the machine, and one that dies proves nothing', async () => {
  const { tools, ...rest } = await context(counter);
  const ending = (words: string) => {
    const yosys = { ...tools.yosys, version: words, command: ['node', '-e', words, '--'] };
    return compareByProof(counterReference, { ...rest, tools: { ...tools, yosys } });
  };
  await expect(ending('process.exit(70)')).rejects.toMatchObject({ code: 'SANDBOX_FAULT' });
  expect(await ending("process.kill(process.pid, 'SIGABRT')")).toMatchObject({ outcome: 'unknown' });
});

test('the build of Yosys for Node proves a right design, refutes a wrong one, and tells sizes', async () => {
  const right = counterReference.replace('q + 1', "q - 4'hf");
  expect(await compareByProof(right, await context(counter))).toMatchObject({ outcome: 'proved' });
  const wrong = counterReference.replace('q + 1', 'q + 3');
  expect(await compareByProof(wrong, await context(counter))).toMatchObject({ outcome: 'different' });
  const spec = { ...counter.verify, quality: { share: 0.5, full: 1, none: 2 } };
  const sized = await quality(counterReference, { ...(await context(counter)), spec });
  expect(sized).toMatchObject({ outcome: 'pass', score: 1 });
});
