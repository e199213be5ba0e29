import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RolloutRow } from '../../rollout/rollout-row.ts';
import type { RunConfiguration } from '../../rollout/run-configuration.ts';
import { RunFolder, type RunRecord } from '../../rollout/run-folder.ts';

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'run-folder-'));
});
afterEach(() => rmSync(out, { recursive: true }));

const configuration: RunConfiguration = {
  assay: '1.0.0',
  selector: 'all',
  tasks: { a: '1', b: '2' },
  group: 4,
  seed: 0,
  policy: 'replay',
  model: 'replay',
  sampling: { maxTokens: 64 },
  sandbox: 'isolated',
};

function record(changes: Partial<RunConfiguration> = {}): RunRecord {
  const starts = [{ at: 'now', concurrency: 1, threads: 1 }];
  return { schema: 1, configuration: { ...configuration, ...changes }, versions: {}, starts };
}

function row(id: string, changes: Partial<RolloutRow> = {}): RolloutRow {
  return {
    id,
    task: 'a',
    groupIndex: 0,
    seed: 0,
    environment: 'code-generation',
    try: 1,
    startedAt: 'now',
    messages: [{ role: 'user', content: 'Double.' }],
    turns: [],
    reward: 1,
    passed: true,
    failedCheck: null,
    terminated: true,
    truncated: false,
    sampling: { maxTokens: 64, seed: 1 },
    timings: { policyMs: 0, waitedMs: 0, verifierMs: 0, totalMs: 0 },
    ...changes,
  };
}

async function openRun(changes: Partial<RunConfiguration> = {}, fresh = false): Promise<RunFolder> {
  return RunFolder.open(out, record(changes), { fresh });
}

describe('a run that is taken up again', () => {
  test('knows what was recorded, and cuts off what a kill has torn', async () => {
    const first = await openRun();
    await first.append(row('a:0:0'));
    await first.append(row('a:0:1', { reward: 0, passed: false, failedCheck: 'tests' }));
    await first.close();
    appendFileSync(join(out, 'rollouts.jsonl'), '{"id":"a:0:2","task":');
    const again = await openRun();
    expect(again.cutBytes).toBe(21);
    expect([...again.outcomes.values()]).toEqual([
      {
        id: 'a:0:0',
        task: 'a',
        environment: 'code-generation',
        try: 1,
        reward: 1,
        passed: true,
        failedCheck: null,
        blame: null,
      },
      {
        id: 'a:0:1',
        task: 'a',
        environment: 'code-generation',
        try: 1,
        reward: 0,
        passed: false,
        failedCheck: 'tests',
        blame: null,
      },
    ]);
    await again.close();
    expect(JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')).starts).toHaveLength(2);
  });

  test('counts the last of several rows of one rollout', async () => {
    const error = { blame: 'policy' as const, code: 'POLICY_UNREACHABLE', message: 'gone', retryable: true };
    const first = await openRun();
    await first.append(row('a:0:0', { reward: null, passed: false, error }));
    expect(first.outcomes.get('a:0:0')?.blame).toBe('policy');
    await first.append(row('a:0:0', { try: 2 }));
    await first.close();
    const again = await openRun();
    expect(again.outcomes.get('a:0:0')).toMatchObject({ blame: null, try: 2 });
    await again.close();
  });

  test('is refused with another configuration, and told what differs', async () => {
    await (await openRun()).close();
    const changes = {
      group: 8,
      sampling: { maxTokens: 64, temperature: 1 },
      tasks: { a: '1', b: '3', c: '4' },
    };
    await expect(openRun(changes)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining(
        '(group was 4, is 8; temperature was absent, is 1; tasks not there before: c; tasks changed: b)',
      ),
    });
    await (await openRun({ selector: 'a,b' })).close();
  });

  test('is begun anew on demand', async () => {
    const first = await openRun();
    await first.append(row('a:0:0'));
    await first.writeSummary({ old: true });
    await first.close();
    const fresh = await openRun({ group: 8 }, true);
    expect(fresh.outcomes.size).toBe(0);
    await fresh.close();
    expect(readFileSync(join(out, 'rollouts.jsonl'), 'utf8')).toBe('');
    expect(() => readFileSync(join(out, 'summary.json'))).toThrow('ENOENT');
  });
});

describe('a folder is refused', () => {
  test('while another run holds it, and free again after that', async () => {
    const first = await openRun();
    await expect(openRun()).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('held'),
    });
    await first.close();
    await (await openRun()).close();
  });

  test('when it has rollouts and nothing that tells how they were made', async () => {
    writeFileSync(join(out, 'rollouts.jsonl'), `${JSON.stringify(row('a:0:0'))}\n`);
    await expect(openRun()).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('run.json'),
    });
  });

  test.each([
    ['is no JSON', '{"id":\n'],
    ['is no rollout', '{"task": 1}\n'],
  ])('when a line %s, and the line is named', async (_, line) => {
    await (await openRun()).close();
    appendFileSync(join(out, 'rollouts.jsonl'), `${JSON.stringify(row('a:0:0'))}\n${line}`);
    await expect(openRun()).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining('rollouts.jsonl:2'),
    });
  });

  test('when its run.json is of another kind', async () => {
    writeFileSync(join(out, 'run.json'), '{"schema": 9}');
    await expect(openRun()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await (await openRun({}, true)).close();
  });
});
