import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { checkTask } from '../../datasets/check-task.ts';
import { loadTasks } from '../../datasets/load.ts';
import { chipProblems } from '../../datasets/loading/chip-problems.ts';
import { chipSpecSchema } from '../../verifiers/chip/spec.ts';
import { openVerifierSandbox } from '../../verifiers/open.ts';
import { packageRoot } from '../../verifiers/paths.ts';

const page = readFileSync(join(packageRoot, 'docs', 'tasks.md'), 'utf8');

/** Writes the files that the page shows, each a fence below a line that names it. Answers their names. */
function writeExample(folder: string): string[] {
  const shown = page.matchAll(/^`(dilution-series\/[^`]+)`:\n\n```\w+\n(.*?)^```$/gms);
  return [...shown].map(([, name = '', content = '']) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
    return name;
  });
}

test('the worked example on the page about tasks is proved as it stands', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-tasks-page-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(writeExample(folder)).toEqual([
    'dilution-series/task.yaml',
    'dilution-series/reference.py',
    'dilution-series/mutants/always-from-the-stock.py',
    'dilution-series/mutants/rounded.py',
  ]);
  const [task] = await loadTasks(folder);
  if (!task) throw new Error('the example was not found');
  const sandbox = await openVerifierSandbox();
  onTestFinished(() => sandbox.close());
  const { passed, probes } = await checkTask(task, { sandbox });
  expect(probes.filter(({ fault }) => fault !== undefined)).toEqual([]);
  expect(passed).toBe(true);
});

test('the stimulus of the chip example on the page about tasks fits its ports', () => {
  const [, yaml = ''] = /^## Chip tasks$.*?^```yaml\n(.*?)^```$/ms.exec(page) ?? [];
  const spec = chipSpecSchema.parse(parse(yaml).verify);
  expect(chipProblems(spec, ['verify'])).toEqual([]);
});
