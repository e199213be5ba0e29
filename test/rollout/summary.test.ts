import { expect, test } from 'vitest';
import type { Outcome } from '../../rollout/rollout-row.ts';
import { summarise } from '../../rollout/summary.ts';
import { sampleOutcome } from './sample-outcomes.ts';

function failed(failedCheck: string, reward = 0): Partial<Outcome> {
  return { passed: false, reward, failedCheck };
}

const lost: Partial<Outcome> = { passed: false, reward: null, blame: 'infrastructure' };
const chip: Partial<Outcome> = { task: 'chip/adder', environment: 'chip-design' };

test('a run is summed up by environment and task, over what has a verdict', () => {
  const outcomes = [
    sampleOutcome(),
    sampleOutcome(failed('tests', 0.5)),
    sampleOutcome({ task: 'sample/other', ...failed('compile') }),
    sampleOutcome({ task: 'sample/other', ...lost }),
    sampleOutcome({ ...chip, ...lost, blame: 'policy' }),
  ];
  const double = {
    rollouts: 2,
    scored: 2,
    passed: 1,
    passRate: 0.5,
    meanReward: 0.75,
    passAt1: 0.5,
    passAtK: 1,
    failedAt: { tests: 1 },
    noVerdicts: {},
  };
  const other = {
    rollouts: 2,
    scored: 1,
    passed: 0,
    passRate: 0,
    meanReward: 0,
    passAt1: 0,
    failedAt: { compile: 1 },
    noVerdicts: { infrastructure: 1 },
  };
  const adder = { rollouts: 1, scored: 0, passed: 0, failedAt: {}, noVerdicts: { policy: 1 } };
  expect(summarise(outcomes, { planned: 6, k: 2 })).toEqual({
    schema: 1,
    complete: false,
    planned: 6,
    k: 2,
    total: {
      rollouts: 5,
      scored: 3,
      passed: 1,
      passRate: 1 / 3,
      meanReward: 0.5,
      passAt1: 0.25,
      passAtK: 1,
      failedAt: { tests: 1, compile: 1 },
      noVerdicts: { infrastructure: 1, policy: 1 },
    },
    environments: {
      'chip-design': { ...adder, tasks: { 'chip/adder': adder } },
      'code-generation': {
        rollouts: 4,
        scored: 3,
        passed: 1,
        passRate: 1 / 3,
        meanReward: 0.5,
        passAt1: 0.25,
        passAtK: 1,
        failedAt: { tests: 1, compile: 1 },
        noVerdicts: { infrastructure: 1 },
        tasks: { 'sample/double': double, 'sample/other': other },
      },
    },
  });
});

test('a run is complete when every planned rollout has a verdict', () => {
  expect(summarise([sampleOutcome()], { planned: 1, k: 1 }).complete).toBe(true);
  expect(summarise([sampleOutcome(lost)], { planned: 1, k: 1 }).complete).toBe(false);
  expect(summarise([], { planned: 0, k: 1 })).toMatchObject({ complete: true, environments: {} });
});
