import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { packageRoot } from '../../verifiers/paths.ts';

type Step = { code: number; report?: { numPassedTests: number; numFailedTests: number } };

/** What the last step of `.ci/run` prints and ends with after these steps. */
async function tally(steps: Record<string, Step>) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-tally-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, { code, report }] of Object.entries(steps)) {
    writeFileSync(join(folder, `${name}.code`), `${code}\n`);
    if (report) writeFileSync(join(folder, `${name}.json`), JSON.stringify(report));
  }
  const { stdout, exitCode } = await execa(process.execPath, ['.ci/tally.mjs', folder], {
    cwd: packageRoot,
    reject: false,
  });
  return { stdout, exitCode };
}

it.each<[string, Record<string, Step>, { stdout: string; exitCode: number }]>([
  [
    'adds the tests of all suites, and counts a step without tests as one',
    {
      test: { code: 0, report: { numPassedTests: 10, numFailedTests: 0 } },
      long: { code: 0, report: { numPassedTests: 5, numFailedTests: 0 } },
      start: { code: 0 },
    },
    { stdout: '16 passed, 0 failed', exitCode: 0 },
  ],
  [
    'fails for one failing test',
    { test: { code: 1, report: { numPassedTests: 9, numFailedTests: 1 } }, start: { code: 0 } },
    { stdout: '10 passed, 1 failed', exitCode: 1 },
  ],
  [
    'fails for a step that fails with no failing test, such as one that ran out of time',
    { test: { code: 1, report: { numPassedTests: 9, numFailedTests: 0 } }, start: { code: 124 } },
    { stdout: '9 passed, 2 failed', exitCode: 1 },
  ],
  ['fails when nothing was run', {}, { stdout: '0 passed, 0 failed', exitCode: 1 }],
])('the tally of CI %s', async (_, steps, expected) => {
  expect(await tally(steps)).toEqual(expected);
});
