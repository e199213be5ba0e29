import type { Task } from '../datasets/task.ts';
import { type Environment, environmentOf, type StepResult } from '../envs/index.ts';
import { AssayError, asAssayError } from '../verifiers/errors.ts';
import { extractAnswer } from '../verifiers/extract.ts';
import type { NoVerdictError } from '../verifiers/verdict.ts';
import type { PlannedRollout } from './plan.ts';
import type { Completion, Policy, Sampling } from './policy.ts';
import type { RolloutRow, RolloutTurn } from './rollout-row.ts';

export type EpisodeOptions = {
  environment: Environment;
  task: Task;
  policy: Policy;
  sampling: Sampling;
  /** Which try of this rollout it is; recorded. */
  tried: number;
  signal?: AbortSignal;
};

type Ending = Pick<RolloutRow, 'reward' | 'terminated' | 'truncated'> & { error?: NoVerdictError };

/**
 * Plays one episode with a policy and answers its row. Faults of the policy and of the machine end as a row with an
 * `error`; rejects only with `CANCELLED` after `signal`.
 */
export async function runEpisode(planned: PlannedRollout, options: EpisodeOptions): Promise<RolloutRow> {
  const startedAt = new Date().toISOString();
  const beganMs = performance.now();
  const prompt = await open(planned, options);
  const played =
    prompt instanceof AssayError
      ? { messages: [], turns: [], ...endWithout(prompt, []) }
      : await play(planned, prompt, options);
  const { samplingSeed, ...named } = planned;
  return {
    ...named,
    environment: environmentOf(options.task).name,
    try: options.tried,
    startedAt,
    ...played,
    ...outcome(played.turns),
    sampling: { ...options.sampling, seed: samplingSeed },
    timings: { ...totals(played.turns), totalMs: performance.now() - beganMs },
  };
}

/** The first messages, or why there are none: a design that is diagnosed for the policy may be left without a verdict. */
async function open(
  { task, seed }: PlannedRollout,
  { environment }: EpisodeOptions,
): Promise<RolloutRow['messages'] | AssayError> {
  try {
    return (await environment.reset({ task, seed })).observation.messages;
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (error.code === 'CANCELLED' || error.code === 'EPISODE_MISUSED') throw error;
    return error;
  }
}

type Played = Ending & Pick<RolloutRow, 'messages' | 'turns'>;

async function play(
  planned: PlannedRollout,
  prompt: RolloutRow['messages'],
  options: EpisodeOptions,
): Promise<Played> {
  let messages = prompt;
  const turns: RolloutTurn[] = [];
  for (;;) {
    const asked = await ask(planned, messages, options);
    if (asked instanceof AssayError) return { messages, turns, ...endWithout(asked, turns) };
    const beganMs = performance.now();
    const step = await options.environment.step({ completion: asked.text });
    turns.push(turnOf(asked, step, performance.now() - beganMs, options.task));
    messages = step.observation.messages;
    if (step.terminated || step.truncated) return { messages, turns, ...endOf(step) };
  }
}

async function ask(
  { id, task, samplingSeed }: PlannedRollout,
  messages: RolloutRow['messages'],
  { policy, signal }: EpisodeOptions,
): Promise<Completion | AssayError> {
  const request = { rolloutId: id, task, messages, seed: samplingSeed };
  try {
    return await policy.complete(request, signal && { signal });
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (error.code === 'CANCELLED') throw error;
    return error;
  }
}

function turnOf(completion: Completion, step: StepResult, verifierMs: number, task: Task): RolloutTurn {
  const { text, timings, ...rest } = completion;
  const { verdict, turn } = step.info;
  if (!verdict) throw new AssayError('INTERNAL', `${task.id}: a step without a verdict`);
  const { candidate } = extractAnswer(text, task);
  return {
    turn,
    ...(candidate !== undefined && { candidate }),
    verdict,
    reward: step.reward,
    timings: { ...timings, verifierMs },
    ...rest,
  };
}

function endOf({ reward, terminated, truncated, info: { verdict } }: StepResult): Ending {
  const error = verdict?.status === 'no-verdict' ? { error: verdict.error } : {};
  return { reward, terminated, truncated, ...error };
}

/**
 * The end when the policy gave no answer. A chat that has outgrown the model is its own doing once it has answered:
 * it keeps the reward of its last answer, or writing at length would be a way out of a failed attempt.
 */
function endWithout({ code, blame, message, retryable }: AssayError, turns: RolloutTurn[]): Ending {
  const last = turns.at(-1)?.verdict;
  const ended = { terminated: false, truncated: true };
  if (code === 'POLICY_CONTEXT_FULL' && last?.status === 'scored') return { ...ended, reward: last.reward };
  return { ...ended, reward: null, error: { blame, code, message, retryable } };
}

function outcome(turns: RolloutTurn[]): Pick<RolloutRow, 'passed' | 'failedCheck'> {
  const verdict = turns.at(-1)?.verdict;
  const failed = verdict?.checks.find((check) => check.outcome === 'fail');
  return { passed: verdict?.status === 'scored' && verdict.passed, failedCheck: failed?.name ?? null };
}

function totals(turns: RolloutTurn[]): Omit<RolloutRow['timings'], 'totalMs'> {
  const sum = (field: keyof RolloutTurn['timings']) =>
    turns.reduce((total, { timings }) => total + timings[field], 0);
  return { policyMs: sum('policyMs'), waitedMs: sum('waitedMs'), verifierMs: sum('verifierMs') };
}
