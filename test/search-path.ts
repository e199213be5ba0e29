import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { isExecutable } from '../verifiers/is-executable.ts';

/** A search path, for the test that runs, with these programs alone: each by a name and what it really is. */
export function pathWith(programs: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-path-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, target] of Object.entries(programs)) symlinkSync(target, join(folder, name));
  return folder;
}

/** Where this machine has the programs of these names; those it does not have are left out. */
export function programs(...names: string[]): Record<string, string> {
  const places = (process.env.PATH ?? '').split(delimiter);
  const found = names.map((name) => [name, places.map((place) => join(place, name)).find(isExecutable)]);
  return Object.fromEntries(found.filter(([, place]) => place !== undefined));
}
