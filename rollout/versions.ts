import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../verifiers/paths.ts';

/** Assay's own version. */
export function assayVersion(): string {
  return JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).version;
}

/** What a run was made with, beside the tools that each verdict names. */
export function versions(): Record<string, string> {
  const { node, v8 } = process.versions;
  return { assay: assayVersion(), node, v8, platform: `${process.platform}-${process.arch}` };
}
