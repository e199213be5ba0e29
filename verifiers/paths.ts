import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** The folder of Assay's own package.json, from the sources as from the build. */
export const packageRoot: string = findRoot();

/** The built file of a child process or worker thread, e.g. `entryPoint('verifiers/sandbox/launcher-main')`. */
export function entryPoint(module: string): string {
  return join(packageRoot, 'dist', `${module}.js`);
}
