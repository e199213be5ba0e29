import { execa } from 'execa';
import { expect, it } from 'vitest';
import { measure } from '../../bench/bench.ts';
import { packageRoot } from '../../verifiers/paths.ts';

it.each([
  [2, true],
  [3, false],
])('a bench with the target %s is met: %s', async (target, met) => {
  const words = { name: 'adding', what: 'sums', against: 'sums by hand' };
  const sides = { ours: { count: 100, seconds: 10 }, baseline: { count: 40, seconds: 8 } };
  expect(await measure({ ...words, target, run: async () => sides })).toEqual({
    ...words,
    oursPerSecond: 10,
    baselinePerSecond: 5,
    ratio: 2,
    target,
    met,
  });
});

it('names the benches there are when asked for another', async () => {
  const { exitCode, stdout, stderr } = await execa(process.execPath, ['dist/bench/main.js', 'none'], {
    cwd: packageRoot,
    reject: false,
  });
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringMatching(/^error: .*'none' is invalid.* Allowed choices are python-calls, /),
  });
});
