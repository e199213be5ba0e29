import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEnvironment, type Environment } from '../../envs/index.ts';
import { openVerifierSandbox } from '../../verifiers/open.ts';
import type { SandboxHost } from '../../verifiers/sandbox/index.ts';
import { sampleTask } from './sample-tasks.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 1 });
});
afterAll(() => sandbox.close());

const task = sampleTask({ turns: 2 });
const wrong = 'def double(x):\n    return x * x\n';
const right = 'def double(x):\n    return 2 * x\n';

function open(options: { turns?: number; signal?: AbortSignal } = {}): Environment {
  return createEnvironment({ tasks: [task], sandbox, ...options });
}

describe('an episode', () => {
  test('ends with the first answer that passes, and its whole reward', async () => {
    const environment = open();
    const { observation, info } = await environment.reset({ task: task.id, seed: 3 });
    expect(observation).toEqual({ messages: [{ role: 'user', content: task.prompt }] });
    expect(info).toEqual({ task: task.id, environment: 'code-generation', seed: 3, turn: 0, turns: 2 });
    const step = await environment.step({ completion: right });
    expect(step).toMatchObject({
      reward: 1,
      terminated: true,
      truncated: false,
      observation: { messages: [{ role: 'user' }, { role: 'assistant', content: right }] },
      info: { turn: 1, seed: 3, verdict: { status: 'scored', passed: true, seed: 3, attempt: 1 } },
    });
  });

  test('goes on after a failed answer, with the allowed feedback and without reward', async () => {
    const environment = open();
    await environment.reset({ task: task.id });
    const failed = await environment.step({ completion: wrong });
    expect(failed).toMatchObject({ reward: 0, terminated: false, truncated: false, info: { turn: 1 } });
    expect(failed.observation.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(failed.observation.messages[2]?.content).toContain('a large number');
    expect(await environment.step({ completion: right })).toMatchObject({ reward: 1, terminated: true });
  });

  test('pays only the answer it ends with, so that failing in part first earns nothing', async () => {
    const partly = sampleTask({ turns: 2 });
    if (partly.verify.kind === 'code') partly.verify.scoring = 'fraction';
    const environment = createEnvironment({ tasks: [partly], sandbox });
    await environment.reset({ task: partly.id });
    const first = await environment.step({ completion: wrong });
    const second = await environment.step({ completion: wrong });
    const scored = { status: 'scored', reward: expect.closeTo(1 / 3) };
    expect(first).toMatchObject({ reward: 0, terminated: false, info: { verdict: scored } });
    expect(second).toMatchObject({ reward: expect.closeTo(1 / 3), terminated: true });
  });

  test('ends with its last turn, passed or not', async () => {
    const environment = open({ turns: 1 });
    await environment.reset({ task: task.id });
    expect(await environment.step({ completion: wrong })).toMatchObject({ reward: 0, terminated: true });
  });

  test('is over without a reward when there is no verdict, and can be played again', async () => {
    const lost = await openVerifierSandbox({ slots: 1 });
    await lost.close();
    const environment = createEnvironment({ tasks: [task], sandbox: lost });
    await environment.reset({ task: task.id });
    expect(await environment.step({ completion: right })).toMatchObject({
      reward: null,
      terminated: false,
      truncated: true,
      info: {
        turn: 0,
        verdict: {
          status: 'no-verdict',
          attempt: 2,
          error: { blame: 'infrastructure', code: 'SANDBOX_LOST' },
        },
      },
    });
    await expect(environment.step({ completion: right })).rejects.toMatchObject({ code: 'EPISODE_MISUSED' });
    await environment.reset({ task: task.id });
  });
});

test('an answer that is too long is a failed one, whatever it holds', async () => {
  const environment = open();
  await environment.reset({ task: task.id });
  const step = await environment.step({ completion: `${'é'.repeat(600_000)}\n\`\`\`python\n${right}\`\`\`` });
  expect(step.info.verdict).toMatchObject({
    status: 'scored',
    passed: false,
    checks: [{ name: 'extract', outcome: 'fail' }],
  });
  const kept = step.observation.messages[1]?.content ?? '';
  expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(2 ** 20);
});

test('text that is no Unicode reaches no policy server', async () => {
  const environment = open();
  await environment.reset({ task: task.id });
  const step = await environment.step({ completion: 'half a pair: \ud800' });
  expect(step.observation.messages[1]?.content).toBe('half a pair: \ufffd');
});

test('a step that is cancelled leaves the episode as it was', async () => {
  const controller = new AbortController();
  const environment = open({ signal: controller.signal });
  await environment.reset({ task: task.id });
  const judged = environment.step({ completion: right });
  controller.abort();
  await expect(judged).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(environment.step({ completion: right })).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('one step at a time is judged', async () => {
  const environment = open();
  await environment.reset({ task: task.id });
  const judged = environment.step({ completion: right });
  await expect(environment.step({ completion: right })).rejects.toMatchObject({ code: 'EPISODE_MISUSED' });
  await expect(environment.reset({ task: task.id })).rejects.toMatchObject({ code: 'EPISODE_MISUSED' });
  expect(await judged).toMatchObject({ terminated: true });
});

test.each([-1, 0.5, Number.NaN, 2 ** 60])('the seed %d is refused', async (seed) => {
  await expect(open().reset({ task: task.id, seed })).rejects.toMatchObject({ code: 'EPISODE_MISUSED' });
});
