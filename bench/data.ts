import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../verifiers/paths.ts';

/** Where a public data set lies, below the folder of them all. */
export function dataAt(...names: string[]): string {
  return join(process.env.ASSAY_DATA ?? join(packageRoot, '..', 'shared', 'data'), ...names);
}

/** What a bench says that lacks its data. */
export function missingData(path: string): string | undefined {
  return existsSync(path) ? undefined : `${path} is not there; ASSAY_DATA names another folder`;
}
