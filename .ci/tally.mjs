// Counts what the steps of .ci/run left in a folder: NAME.code with an exit code and, where vitest ran, NAME.json.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.code') ? [file.slice(0, -5)] : []));
const counts = names.map(count);
const passed = counts.reduce((sum, step) => sum + step.passed, 0);
const failed = counts.reduce((sum, step) => sum + step.failed, 0);

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** A step without a report of tests counts as one; a step that failed with no failing test counts as one more. */
function count(name) {
  const ok = readFileSync(join(folder, `${name}.code`), 'utf8').trim() === '0';
  const report = join(folder, `${name}.json`);
  if (!existsSync(report)) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests || (ok ? 0 : 1) };
}
