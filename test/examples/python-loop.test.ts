import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../verifiers/paths.ts';
import { aServed } from '../server/a-served.ts';

type Row = { task: string; rewards: (number | null)[]; advantages: (number | null)[] };

function loop(args: readonly string[], env: Record<string, string> = {}) {
  return execa('python3', ['examples/python_loop.py', ...args], { cwd: packageRoot, env, reject: false });
}

describe('examples/python_loop.py', () => {
  it('plays groups of several tasks against assay serve and reads their advantages', async () => {
    const tasks = ['--tasks', 'chip/counter,python/*'];
    const policy = await aServed(['policy', 'serve', ...tasks]);
    const token = 'a-token-of-the-example';
    // So few at a time that some are refused with 429 and come again.
    const limits = ['--concurrency', '1', '--max-queue', '0', '--log-level', 'info'];
    const server = await aServed(['serve', ...tasks, ...limits], { ASSAY_TOKEN: token });
    const args = ['--policy', policy.url, '--url', server.url, '--tasks', '4', '--group', '4'];
    const { stdout, stderr, exitCode } = await loop(args, { ASSAY_TOKEN: token });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    const rows: Row[] = stdout.split('\n').map((line) => JSON.parse(line));
    expect(rows.map(({ task, rewards }) => [task.split('/')[0], rewards.length])).toEqual([
      ['chip', 4],
      ['python', 4],
      ['python', 4],
      ['python', 4],
    ]);
    for (const { advantages } of rows) {
      expect(advantages.reduce<number>((sum, advantage) => sum + (advantage ?? 0), 0)).toBeCloseTo(0);
    }
    const rewards = new Set(rows.flatMap((row) => row.rewards));
    expect([rewards.has(1), rewards.has(0), rewards.has(null)]).toEqual([true, true, false]);
  });

  it('says which server does not answer', async () => {
    const nowhere = 'http://127.0.0.1:9';
    const { stderr, exitCode } = await loop(['--policy', `${nowhere}/v1`, '--url', nowhere]);
    expect({ stderr, exitCode }).toEqual({
      stderr: expect.stringMatching(/^GET http:\/\/127\.0\.0\.1:9\/v1\/tasks did not answer: .*refused/),
      exitCode: 1,
    });
  });

  it('gives no advantage to a sample without a verdict, and leaves it out of the mean', async () => {
    const program = 'from python_loop import advantages; print(advantages([1, None, 0]), advantages([None]))';
    const { stdout } = await execa('python3', ['-B', '-c', program], { cwd: `${packageRoot}/examples` });
    expect(stdout).toMatch(/^\[0\.99999\d*, None, -0\.99999\d*\] \[None\]$/);
  });
});
