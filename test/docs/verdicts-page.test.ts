import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageRoot } from '../../verifiers/paths.ts';
import { runAssay } from '../cli/run-assay.ts';

const page = readFileSync(join(packageRoot, 'docs', 'verdicts.md'), 'utf8');

/** What differs from machine to machine. */
const withoutCost = (text: string) => text.replace(/^\d+ ms CPU.*\n/m, '');

test('the verdict on the page about verdicts is the one its answer gets', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'assay-verdicts-page-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const [, answer = ''] = /^```python\n(.*?)^```$/ms.exec(page) ?? [];
  const [, shown = ''] = /then says:\n\n```\n(.*?)^```$/ms.exec(page) ?? [];
  writeFileSync(join(cwd, 'answer.py'), answer);
  const { exitCode, stdout } = await runAssay(['verify', 'python/cascade-bins', 'answer.py'], { cwd });
  expect(exitCode).toBe(1);
  expect(withoutCost(stdout)).toBe(withoutCost(shown));
  const json = await runAssay(['verify', 'python/cascade-bins', 'answer.py', '--json'], { cwd });
  for (const field of Object.keys(JSON.parse(json.stdout))) expect(page).toContain(`\`${field}\``);
});
