import { expect, test } from 'vitest';
import { after, mustStop, type StopRule, stopRule } from '../../rollout/stop-rule.ts';
import { sampleOutcome } from './sample-outcomes.ts';

function follow(rule: StopRule, blame: 'policy' | 'task' | 'infrastructure' | null, times: number): StopRule {
  return Array.from({ length: times }).reduce<StopRule>(
    (each) => after(each, sampleOutcome({ blame })),
    rule,
  );
}

test('a run ends when more rollouts fail in a row than one fault can bring down', () => {
  const almost = follow(stopRule(32), 'policy', 39);
  expect(mustStop(almost)).toBe(false);
  expect(mustStop(follow(almost, 'infrastructure', 1))).toBe(true);
});

test('one verdict shows that the machine works', () => {
  const almost = follow(stopRule(1), 'policy', 8);
  expect(mustStop(follow(follow(almost, null, 1), 'policy', 8))).toBe(false);
});

test('broken tasks neither end a run nor show that it works', () => {
  expect(mustStop(follow(stopRule(1), 'task', 1000))).toBe(false);
  expect(mustStop(follow(follow(follow(stopRule(1), 'policy', 8), 'task', 5), 'policy', 1))).toBe(true);
});
