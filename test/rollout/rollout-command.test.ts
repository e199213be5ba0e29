import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assay, untilRows, wholeRows } from './assay-process.ts';
import { killAndResume } from './kill-and-resume.ts';
import { chatAnswer, json, reset, says, scriptedServer } from './scripted-server.ts';

let out: string;
let rollouts: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'rollout-command-'));
  rollouts = join(out, 'rollouts.jsonl');
});
afterEach(() => rmSync(out, { recursive: true }));

const names = ['python/cascade-bins', 'python/ledger-batch'];
const tasks = ['--tasks', names.join(',')];

function idsOf(group: number): string[] {
  const indexes = Array.from({ length: group }, (_, index) => index);
  return names.flatMap((task) => indexes.map((index) => `${task}:0:${index}`));
}

/** Runs the command and answers the object it prints. */
async function run(
  ...args: string[]
): Promise<{ exitCode: number | undefined; printed: Record<string, unknown> }> {
  const { exitCode, stdout } = await assay(['rollout', ...tasks, '--out', out, '--json', ...args]);
  return { exitCode, printed: JSON.parse(stdout) };
}

/** The process that a command has started to own its sandboxes. */
function launcherOf(parent: number | undefined): number {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number);
  const launcher = children.find((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('launcher-main'),
  );
  if (launcher === undefined) throw new Error(`process ${parent} has no launcher`);
  return launcher;
}

describe('assay rollout', () => {
  test('plays each task with the embedded policy and records every rollout with its verdict', async () => {
    const { exitCode, printed } = await run('--group', '4');
    expect(exitCode).toBe(0);
    expect(printed).toMatchObject({ out, complete: true, planned: 8, k: 4, interrupted: false });
    expect(JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'))).toMatchObject({ complete: true });
    const rows = wholeRows(rollouts);
    expect(rows.map(({ id }) => id).sort()).toEqual(idsOf(4));
    for (const row of rows) {
      expect(row).toMatchObject({
        environment: 'code-generation',
        seed: 0,
        try: 1,
        reward: expect.any(Number),
        terminated: true,
        truncated: false,
        sampling: { maxTokens: 4096, seed: expect.any(Number) },
        timings: {
          policyMs: expect.any(Number),
          verifierMs: expect.any(Number),
          totalMs: expect.any(Number),
        },
      });
    }
    const turns = rows.flatMap(({ turns }) => turns);
    expect(turns.length).toBeGreaterThan(8);
    for (const turn of turns) {
      expect(turn).toMatchObject({ model: 'replay', finishReason: 'stop', verdict: { status: 'scored' } });
    }
  });

  test('is passed by the reference, and shows a table to people', async () => {
    const { exitCode, stdout } = await assay(['rollout', ...tasks, '--policy', 'reference', '--out', out]);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'code-generation      rollouts  pass rate  pass@1  reward',
      'python/cascade-bins         1      1.000   1.000   1.000',
      'python/ledger-batch         1      1.000   1.000   1.000',
      'all                         2      1.000   1.000   1.000',
      '',
      '2 of 2 rollouts have a verdict',
      `results in ${out}`,
    ]);
  });

  test('says the same again, and its verdicts are the same when judged again', async () => {
    await run('--group', '2');
    const first = wholeRows(rollouts).map(({ id, messages, reward }) => ({ id, messages, reward }));
    const again = await assay(['replay', rollouts, '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ changed: [] });
    expect(again.exitCode).toBe(0);
    const changed = readFileSync(rollouts, 'utf8').replace('"passed":true', '"passed":false');
    writeFileSync(rollouts, changed);
    const other = await assay(['replay', rollouts]);
    expect(other.exitCode).toBe(1);
    expect(other.stdout).toMatch(/^python\S+ turn 1: passed: false and true$/m);
    await run('--group', '2', '--fresh');
    const second = wholeRows(rollouts).map(({ id, messages, reward }) => ({ id, messages, reward }));
    const byId = (a: { id?: unknown }, b: { id?: unknown }) => String(a.id).localeCompare(String(b.id));
    expect(second.sort(byId)).toEqual(first.sort(byId));
  });

  test('killed at any moment and started again, loses no rollout and plays none twice', async () => {
    const args = [...tasks, '--out', out, '--group', '10', '--concurrency', '2'];
    expect(await killAndResume(args, rollouts, () => 6)).toBeGreaterThan(0);
    const ids = wholeRows(rollouts).map(({ id }) => id);
    expect(ids.sort()).toEqual(idsOf(10).sort());
  }, 240_000);

  test('goes on when the launcher of the sandboxes is killed, and gives nobody a reward for it', async () => {
    const child = assay(['rollout', ...tasks, '--group', '20', '--out', out, '--concurrency', '4']);
    for (const rows of [5, 20]) {
      expect(await untilRows(rollouts, rows, child)).toBe(true);
      process.kill(launcherOf(child.pid), 'SIGKILL');
    }
    await child;
    const rows = wholeRows(rollouts);
    expect(rows.map(({ id }) => id).sort()).toEqual(idsOf(20).sort());
    for (const { error, reward } of rows) {
      if (error)
        expect({ error, reward }).toMatchObject({ error: { blame: 'infrastructure' }, reward: null });
    }
    expect(rows.filter(({ error }) => error).length).toBeLessThanOrEqual(8);
  });

  test('is not resumed with other options, and says which', async () => {
    await run('--group', '1');
    const other = await assay(['rollout', ...tasks, '--out', out, '--group', '2', '--temperature', '0.5']);
    expect(other.exitCode).toBe(2);
    expect(other.stderr).toContain('(group was 1, is 2; temperature was absent, is 0.5)');
    expect(other.stderr).toContain('--fresh');
  });

  test('stops at Ctrl-C, and goes on where it was', async () => {
    const args = ['rollout', ...tasks, '--group', '40', '--out', out, '--concurrency', '4'];
    const child = assay(args);
    expect(await untilRows(rollouts, 5, child)).toBe(true);
    child.kill('SIGINT');
    const { exitCode, stdout } = await child;
    expect(exitCode).toBe(130);
    expect(stdout).toMatch(/interrupted: \d+ of 80 rollouts have a verdict; the same command .* goes on/);
    const before = wholeRows(rollouts).length;
    expect(before).toBeLessThan(80);
    expect((await assay(args)).exitCode).toBe(0);
    expect(wholeRows(rollouts)).toHaveLength(80);
  });
});

describe('a policy server', () => {
  const answer = '```python\ndef settle(bins, capacity):\n    return 0\n```';
  const one = ['--tasks', 'python/cascade-bins'];

  test('that is asked gets the key, which is written nowhere', async () => {
    const server = await scriptedServer(json({ data: [{ id: 'tiny' }] }), says(answer));
    const child = await assay(['rollout', ...one, '--out', out, '--policy', server.url], {
      ASSAY_POLICY_API_KEY: 'sk-secret-1234',
    });
    await server.close();
    expect(child.exitCode).toBe(0);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(
      Array.from({ length: 2 }, () => 'Bearer sk-secret-1234'),
    );
    expect(server.seen[1]?.headers['x-session-id']).toBe('python/cascade-bins:0:0');
    const written = ['run.json', 'summary.json', 'rollouts.jsonl'].map((file) =>
      readFileSync(join(out, file), 'utf8'),
    );
    for (const text of [...written, child.stdout, child.stderr]) expect(text).not.toContain('sk-secret');
    expect(JSON.parse(written[0] ?? '')).toMatchObject({
      configuration: { policy: `${server.url}/v1`, model: 'tiny' },
    });
  });

  test('that fails ends the run soon, without a reward for anyone; back again, all is played', async () => {
    const down = await scriptedServer(reset);
    const args = ['rollout', ...one, '--out', out, '--group', '200', '--concurrency', '4', '--model', 'tiny'];
    const server = ['--policy', down.url];
    const failed = await assay([...args, ...server, '--max-wait', '0', '--json']);
    await down.close();
    expect(failed.exitCode).toBe(2);
    expect(JSON.parse(failed.stdout)).toMatchObject({
      complete: false,
      total: { rollouts: 12, scored: 0, noVerdicts: { policy: 12 } },
      stoppedBy: { blame: 'policy', code: 'POLICY_UNREACHABLE' },
    });
    expect(wholeRows(rollouts)).toHaveLength(12);
    expect(wholeRows(rollouts)[0]).toMatchObject({ reward: null, passed: false, truncated: true, turns: [] });
  });

  test('whose chat is full after an answer leaves that answer its reward', async () => {
    const full = { error: { message: 'maximum context length is 10 tokens' } };
    const server = await scriptedServer(says(answer), json(full, 400));
    const two = [...one, '--turns', '2', '--model', 'tiny', '--policy', server.url];
    const { exitCode } = await assay(['rollout', ...two, '--out', out]);
    await server.close();
    expect(exitCode).toBe(0);
    expect(wholeRows(rollouts)).toMatchObject([
      { reward: 0, passed: false, truncated: true, failedCheck: 'tests' },
    ]);
    expect(wholeRows(rollouts)[0]).not.toHaveProperty('error');
  });

  test('that says nothing at all is judged, not excused', async () => {
    const empty = chatAnswer({ content: null }, { choice: { finish_reason: 'length' } });
    const server = await scriptedServer(json(empty));
    await assay(['rollout', ...one, '--out', out, '--model', 'tiny', '--policy', server.url]);
    await server.close();
    expect(wholeRows(rollouts)).toMatchObject([{ reward: 0, failedCheck: 'extract', terminated: true }]);
  });
});

describe('wrong options are named', () => {
  test.each([
    [['--extra-body', '[1]'], 'A JSON object was expected'],
    [['--extra-body', '{"n": 4}'], '"n" is set by Assay itself'],
    [['--temperature', 'hot'], 'A number from 0 to 2 was expected'],
    [['--turns', '99'], 'A whole number from 1 to 20 was expected'],
    [['--policy', 'gpt'], '--policy takes a base URL'],
    [['--policy', 'http://u:p@host'], 'ASSAY_POLICY_API_KEY'],
  ])('%j', async (args, words) => {
    const { exitCode, stderr } = await assay(['rollout', ...tasks, '--out', out, ...args]);
    expect(stderr).toContain(words);
    expect(exitCode).toBe(2);
  });
});
