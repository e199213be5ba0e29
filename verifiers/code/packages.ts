import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packageRoot } from '../paths.ts';

/** Where a package lies, as its dependant `from` would find it; the usual place when it is not installed. */
export function packageFolder(name: string, from?: string): string {
  try {
    const start = from ? join(packageFolder(from), 'package.json') : import.meta.url;
    return dirname(createRequire(start).resolve(`${name}/package.json`));
  } catch {
    return join(packageRoot, 'node_modules', name);
  }
}

/** The version of a package that the sandbox gets to see. */
export function packageVersion(name: string): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder(name), 'package.json'), 'utf8'));
  return String(version);
}
