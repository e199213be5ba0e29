import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepSuite, loadSuite, storeKey } from '../../../../verifiers/code/assertions/suite-store.ts';

const before = process.env.ASSAY_CACHE;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-store-'));
});
afterAll(() => {
  if (before === undefined) delete process.env.ASSAY_CACHE;
  else process.env.ASSAY_CACHE = before;
  rmSync(folder, { recursive: true });
});

const made = { steps: [{ status: 0, text: '' }], files: [{ path: 'suite', base64: 'AAEC' }] };

it('keeps compiled suites by what they were made of, for nobody else to read', async () => {
  process.env.ASSAY_CACHE = folder;
  const key = storeKey('g++ 12', { text: 'int main() {}' });
  expect(storeKey('g++ 13', { text: 'int main() {}' })).not.toBe(key);
  expect(await loadSuite(key)).toBeUndefined();
  await keepSuite(key, made);
  expect(await loadSuite(key)).toEqual(made);
  expect(readdirSync(join(folder, 'suites'))).toEqual([`${key}.gz`]);
  expect(statSync(join(folder, 'suites', `${key}.gz`)).mode & 0o777).toBe(0o600);
});

it('goes without what is broken, and without a folder that cannot be made', async () => {
  process.env.ASSAY_CACHE = folder;
  const key = storeKey('broken');
  writeFileSync(join(folder, 'suites', `${key}.gz`), 'no archive');
  expect(await loadSuite(key)).toBeUndefined();
  process.env.ASSAY_CACHE = join(folder, 'suites', `${key}.gz`);
  await keepSuite(key, made);
  expect(await loadSuite(key)).toBeUndefined();
});
