import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planRollouts, remaining } from '../../rollout/plan.ts';

test('a plan has each task as often as its group is large, with the same names every time', () => {
  const plan = planRollouts(['a/b', 'c'], { group: 2, seed: 7 });
  expect(plan.map(({ id, task, groupIndex, seed }) => [id, task, groupIndex, seed])).toEqual([
    ['a/b:7:0', 'a/b', 0, 7],
    ['a/b:7:1', 'a/b', 1, 7],
    ['c:7:0', 'c', 0, 7],
    ['c:7:1', 'c', 1, 7],
  ]);
  expect(planRollouts(['a/b', 'c'], { group: 2, seed: 7 })).toEqual(plan);
});

test('each rollout samples with a seed of its own that every server can read', () => {
  const plan = planRollouts(['a', 'b', 'c'], { group: 50, seed: 0 });
  const seeds = plan.map(({ samplingSeed }) => samplingSeed);
  expect(new Set(seeds).size).toBe(150);
  expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)).toBe(true);
  const other = planRollouts(['a', 'b', 'c'], { group: 50, seed: 1 });
  expect(other.filter(({ samplingSeed }) => seeds.includes(samplingSeed))).toEqual([]);
});

test('stopped and resumed anywhere, every rollout is played once', () => {
  const stops = fc.array(fc.nat(12), { maxLength: 12 });
  fc.assert(
    fc.property(fc.nat(6), fc.integer({ min: 1, max: 5 }), stops, (tasks, group, chunks) => {
      const names = Array.from({ length: tasks }, (_, index) => `task-${index}`);
      const plan = planRollouts(names, { group, seed: 0 });
      const played: string[] = [];
      for (const size of [...chunks, Number.POSITIVE_INFINITY]) {
        const left = remaining(plan, new Set(played));
        played.push(...left.slice(0, size).map(({ id }) => id));
      }
      expect(played).toEqual(plan.map(({ id }) => id));
    }),
  );
});
