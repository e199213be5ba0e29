import { isDeepStrictEqual } from 'node:util';
import type { Task } from '../datasets/task.ts';
import type { Environment, Observation, StepResult } from './environment.ts';
import { hiddenValues } from './hidden-values.ts';
import { environments } from './registry.ts';

/** One rule: plays `environment` and answers a line for each thing that breaks it. */
export type EnvironmentRule = {
  rule: string;
  check(environment: Environment, task: Task, create: () => Environment): Promise<string[]>;
};

export const environmentRules: readonly EnvironmentRule[] = [
  { rule: 'the same seed gives the same observation', check: sameSeed },
  { rule: 'an observation is JSON that ends with a message of the user', check: observationIsJson },
  { rule: 'an observation is its reader’s own', check: observationIsOwn },
  { rule: 'info names task, environment, seed and turn', check: infoIsWhole },
  { rule: 'reset of an unknown task is refused', check: unknownTask },
  { rule: 'step before reset is refused', check: stepBeforeReset },
  { rule: 'step after the end is refused', check: stepAfterEnd },
  { rule: 'step after close is refused, and closing twice is not', check: stepAfterClose },
  { rule: 'a step has a verdict, and a reward within [0, 1] unless there is none', check: verdictAndReward },
  { rule: 'the reference ends the episode with the whole reward', check: referencePasses },
  { rule: 'failing answers end the episode with its last turn', check: turnsRunOut },
  { rule: 'the same actions give the same episode', check: sameActions },
  { rule: 'no observation shows a hidden value', check: nothingHidden },
];

async function sameSeed(environment: Environment, task: Task, create: () => Environment): Promise<string[]> {
  const first = await environment.reset({ task: task.id, seed: 5 });
  const again = await environment.reset({ task: task.id, seed: 5 });
  const other = create();
  const elsewhere = await other.reset({ task: task.id, seed: 5 });
  await other.close();
  return [
    ...unless(isDeepStrictEqual(first, again), 'a second reset gave another observation or info'),
    ...unless(isDeepStrictEqual(first, elsewhere), 'another instance gave another observation or info'),
  ];
}

async function observationIsJson(environment: Environment, task: Task): Promise<string[]> {
  const seen = await observations(environment, task, ['']);
  return seen.flatMap((observation) => [
    ...unless(
      isDeepStrictEqual(JSON.parse(JSON.stringify(observation)), observation),
      'it is not plain JSON',
    ),
    ...unless(
      observation.messages.every(({ content }) => typeof content === 'string'),
      'a message is not text',
    ),
    ...unless(observation.messages[0]?.role === 'user', 'it does not begin with a message of the user'),
  ]);
}

async function observationIsOwn(environment: Environment, task: Task): Promise<string[]> {
  const { observation } = await environment.reset({ task: task.id });
  const before = JSON.stringify(observation);
  for (const message of observation.messages) message.content = 'changed';
  observation.messages.length = 0;
  const again = await environment.reset({ task: task.id });
  return unless(
    JSON.stringify(again.observation) === before,
    'a change by its reader reached the environment',
  );
}

async function infoIsWhole(environment: Environment, task: Task): Promise<string[]> {
  const { info } = await environment.reset({ task: task.id, seed: 3 });
  const { turns, environment: name, ...rest } = info;
  const stepped = await environment.step({ completion: '' });
  return [
    ...unless(isDeepStrictEqual(rest, { task: task.id, seed: 3, turn: 0 }), 'info after reset is wrong'),
    ...unless(
      environments.some((row) => row.name === name),
      `no environment is called ${name}`,
    ),
    ...unless(Number.isInteger(turns) && turns >= 1, `turns is ${turns}`),
    ...unless(stepped.info.turn === 1, `turn is ${stepped.info.turn} after the first answer`),
  ];
}

async function unknownTask(environment: Environment): Promise<string[]> {
  return refused(environment.reset({ task: 'no/such-task' }), 'TASK_NOT_FOUND');
}

async function stepBeforeReset(environment: Environment): Promise<string[]> {
  return refused(environment.step({ completion: '' }), 'EPISODE_MISUSED');
}

async function stepAfterEnd(environment: Environment, task: Task): Promise<string[]> {
  const { info } = await environment.reset({ task: task.id });
  await play(environment, task, emptyAnswers(info.turns));
  return refused(environment.step({ completion: '' }), 'EPISODE_MISUSED');
}

async function stepAfterClose(environment: Environment, task: Task): Promise<string[]> {
  await environment.reset({ task: task.id });
  await environment.close();
  await environment.close();
  return [
    ...(await refused(environment.step({ completion: '' }), 'EPISODE_MISUSED')),
    ...(await refused(environment.reset({ task: task.id }), 'EPISODE_MISUSED')),
  ];
}

async function verdictAndReward(environment: Environment, task: Task): Promise<string[]> {
  const steps = [
    ...(await play(environment, task, wrongAnswers(task))),
    ...(await play(environment, task, [reference(task)])),
  ];
  return steps.flatMap(({ reward, info: { verdict } }) => {
    if (!verdict) return ['a step has no verdict'];
    if (verdict.status === 'no-verdict') return unless(reward === null, 'a reward without a verdict');
    return unless(reward !== null && reward >= 0 && reward <= 1, `the reward is ${reward}`);
  });
}

async function referencePasses(environment: Environment, task: Task): Promise<string[]> {
  const [step] = await play(environment, task, [reference(task)]);
  const verdict = step?.info.verdict;
  if (verdict?.status === 'no-verdict') return [`no verdict: ${verdict.error.message}`];
  return [
    ...unless(verdict?.passed === true, 'it does not pass'),
    ...unless(step?.reward === 1, `its reward is ${step?.reward}`),
    ...unless(step?.terminated === true && step.truncated === false, 'the episode goes on'),
  ];
}

async function turnsRunOut(environment: Environment, task: Task): Promise<string[]> {
  const { info } = await environment.reset({ task: task.id });
  const steps = await play(
    environment,
    task,
    Array.from({ length: info.turns }, () => ''),
  );
  return [
    ...unless(steps.length === info.turns, `it ended after ${steps.length} of ${info.turns} turns`),
    ...unless(steps.at(-1)?.terminated === true, 'it goes on after its last turn'),
  ];
}

async function sameActions(environment: Environment, task: Task): Promise<string[]> {
  const actions = [...wrongAnswers(task), reference(task)];
  const first = (await play(environment, task, actions)).map(withoutCost);
  const again = (await play(environment, task, actions)).map(withoutCost);
  return unless(isDeepStrictEqual(first, again), 'the second time it went another way');
}

async function nothingHidden(environment: Environment, task: Task): Promise<string[]> {
  const hidden = hiddenValues(task);
  const answers = wrongAnswers(task);
  const seen = await observations(environment, task, answers);
  const told = seen.flatMap(({ messages }) => messages.filter(({ role }) => role !== 'assistant'));
  const shown = told.map(({ content }) => content).join('\n');
  return hidden
    .filter((value) => shown.includes(value) && !answers.some((answer) => answer.includes(value)))
    .map((value) => `it shows ${JSON.stringify(value)}`);
}

/** Plays the answers until the episode ends. */
async function play(environment: Environment, task: Task, answers: readonly string[]): Promise<StepResult[]> {
  const steps: StepResult[] = [];
  await environment.reset({ task: task.id, seed: 1 });
  for (const completion of answers) {
    const step = await environment.step({ completion });
    steps.push(step);
    if (step.terminated || step.truncated) break;
  }
  return steps;
}

async function observations(environment: Environment, task: Task, answers: string[]): Promise<Observation[]> {
  const { observation } = await environment.reset({ task: task.id, seed: 1 });
  const steps = await play(environment, task, answers);
  return [observation, ...steps.map((step) => step.observation)];
}

function reference(task: Task): string {
  return task.reference;
}

function emptyAnswers(count: number): string[] {
  return Array.from({ length: count }, () => '');
}

/** A plausible wrong answer where the task has any, then an empty one. */
function wrongAnswers({ mutants }: Task): string[] {
  return [...mutants.slice(0, 1).map(({ text }) => text), ''];
}

/** What a step used differs from time to time; nothing else may. */
function withoutCost({ info, ...step }: StepResult): object {
  const { usage: _, ...verdict } = info.verdict ?? { usage: undefined };
  return { ...step, info: { ...info, verdict } };
}

async function refused(call: Promise<unknown>, code: string): Promise<string[]> {
  const outcome = await call.then(
    () => 'was accepted',
    // Any thrown value may carry a code.
    (error: { code?: unknown } | undefined) => error?.code,
  );
  return unless(
    outcome === code,
    `expected ${code}, but it ${outcome === 'was accepted' ? outcome : `threw ${outcome}`}`,
  );
}

function unless(kept: boolean, message: string): string[] {
  return kept ? [] : [message];
}
