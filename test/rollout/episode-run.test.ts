import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { EpisodeRun, type EpisodeRunOptions } from '../../rollout/episode-run.ts';
import { lostRollout } from '../../rollout/lost-rollout.ts';
import { planRollouts } from '../../rollout/plan.ts';
import type { EpisodeOrder } from '../../rollout/pool.ts';
import type { RolloutRow } from '../../rollout/rollout-row.ts';

const plan = planRollouts(['a'], { group: 60, seed: 0 });

/** A passed rollout. */
function played(order: EpisodeOrder): RolloutRow {
  const { error: _, ...row } = lostRollout(order, 'code-generation', { maxTokens: 1 }, '');
  return { ...row, reward: 1, passed: true, terminated: true, truncated: false };
}

/** A run that plays in memory, what it recorded, and how many were under way at most. */
function memoryRun(changes: Partial<EpisodeRunOptions> = {}) {
  const recorded: RolloutRow[] = [];
  const seen = { underWay: 0, most: 0, cancels: 0 };
  const run = new EpisodeRun({
    concurrency: 4,
    async play(order) {
      seen.most = Math.max(seen.most, ++seen.underWay);
      await turn();
      seen.underWay--;
      return { row: played(order) };
    },
    tryOf: () => 1,
    lost: (order, thrown) => lostRollout(order, 'code-generation', { maxTokens: 1 }, thrown),
    record: async (row) => {
      await turn();
      recorded.push(row);
    },
    recorded: () => {},
    cancel: () => seen.cancels++,
    ...changes,
  });
  return { run, recorded, seen };
}

test('every planned rollout is recorded once, with no more under way than allowed', async () => {
  const { run, recorded, seen } = memoryRun();
  await run.playAll(plan);
  expect(recorded.map(({ id }) => id).sort()).toEqual(plan.map(({ id }) => id).sort());
  expect(seen).toEqual({ underWay: 0, most: 4, cancels: 0 });
});

test('an episode whose thread is lost is recorded as the fault of the machine', async () => {
  const { run, recorded } = memoryRun({
    async play(order) {
      if (order.planned.groupIndex === 3) throw new Error('out of memory');
      return { row: played(order) };
    },
  });
  await run.playAll(plan);
  expect(recorded).toHaveLength(60);
  expect(recorded.filter(({ error }) => error)).toMatchObject([
    { id: 'a:0:3', reward: null, error: { blame: 'infrastructure', code: 'INTERNAL' } },
  ]);
});

test('a run that is stopped records nothing more of what is under way', async () => {
  const { run, recorded, seen } = memoryRun({
    async play(order) {
      if (order.planned.groupIndex === 20) run.stop();
      return order.planned.groupIndex > 20 ? { cancelled: true } : { row: played(order) };
    },
  });
  await run.playAll(plan);
  expect(recorded.length).toBeLessThanOrEqual(20);
  expect(recorded.every(({ groupIndex }) => groupIndex < 20)).toBe(true);
  expect(seen.cancels).toBe(1);
});

test('a row that cannot be recorded ends the run with the reason', async () => {
  let rows = 0;
  const { run, seen } = memoryRun({
    async record() {
      if (++rows > 10) throw new Error('disk full');
    },
  });
  await expect(run.playAll(plan)).rejects.toThrow('disk full');
  expect(rows).toBeLessThan(20);
  expect(seen.cancels).toBe(1);
});

test('a run in which nothing works stops with the last reason, and records no more than it takes to know', async () => {
  const { run, recorded } = memoryRun({
    async play() {
      throw new Error('gone');
    },
  });
  await run.playAll(plan);
  expect(recorded).toHaveLength(12);
  expect(run.stoppedBy).toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('gone') });
});
