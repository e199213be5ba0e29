import { execFileSync } from 'node:child_process';

/** Children and worker threads run from `dist`, so the build comes before the first test. */
export default function buildFirst(): void {
  execFileSync(process.execPath, ['scripts/build.mjs', '--if-stale'], { stdio: 'inherit' });
}
