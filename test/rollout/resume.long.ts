import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wholeRows } from './assay-process.ts';
import { killAndResume } from './kill-and-resume.ts';

test('killed dozens of times, at rows drawn at random, a run loses nothing and doubles nothing', async () => {
  const out = mkdtempSync(join(tmpdir(), 'rollout-resume-'));
  const rollouts = join(out, 'rollouts.jsonl');
  const args = ['--tasks', 'python/cascade-bins', '--group', '300', '--out', out, '--concurrency', '16'];
  const kills = await killAndResume(args, rollouts, () => Math.ceil(Math.random() * 14));
  expect(kills).toBeGreaterThan(20);
  const ids = wholeRows(rollouts).map(({ id }) => id);
  expect(ids).toHaveLength(300);
  expect(new Set(ids).size).toBe(300);
  rmSync(out, { recursive: true });
});
