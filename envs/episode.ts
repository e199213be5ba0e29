import type { Task } from '../datasets/task.ts';
import type { Verdict } from '../verifiers/verdict.ts';
import type { Info, Message, Observation, StepResult } from './environment.ts';
import { feedback } from './feedback.ts';
import { environmentOf } from './registry.ts';

/** Where an episode stands. A value: each answer makes the next one. */
export type Episode = {
  task: Task;
  seed: number;
  /** Answers that have been judged. */
  turn: number;
  turns: number;
  messages: readonly Message[];
  ended: boolean;
};

export function startEpisode(task: Task, seed: number, turns: number): Episode {
  const messages: Message[] = [{ role: 'user', content: task.prompt }];
  return { task, seed, turn: 0, turns, messages, ended: false };
}

/**
 * The episode after an answer was judged, and what `step` returns for it.
 *
 * - Passed, or no turn left: `terminated`, with the verdict's reward. The turns belong to the task and are told to
 *   the policy, so running out of them is an end within the task, not a `truncated` one.
 * - Failed with turns left: the episode goes on with reward 0. Only the last answer pays, so that the sum of an
 *   episode's rewards is the reward of the answer it ended with, and failing in part first is never worth more.
 * - No verdict: `truncated` with reward `null`. The turn does not count; the same actions can be played again.
 */
export function afterVerdict(
  episode: Episode,
  completion: string,
  verdict: Verdict,
): { episode: Episode; result: StepResult } {
  const messages: Message[] = [...episode.messages, { role: 'assistant', content: completion }];
  if (verdict.status === 'no-verdict') {
    return advance({ ...episode, messages, ended: true }, verdict, { reward: null, truncated: true });
  }
  const turn = episode.turn + 1;
  if (verdict.passed || turn >= episode.turns) {
    const reward = verdict.reward;
    return advance({ ...episode, messages, turn, ended: true }, verdict, { reward, terminated: true });
  }
  messages.push({ role: 'user', content: feedback(episode.task, verdict, { turn, turns: episode.turns }) });
  return advance({ ...episode, messages, turn }, verdict, { reward: 0 });
}

function advance(
  episode: Episode,
  verdict: Verdict,
  outcome: Pick<StepResult, 'reward'> & Partial<StepResult>,
): { episode: Episode; result: StepResult } {
  const info = { ...infoOf(episode), verdict };
  const observation = observationOf(episode);
  return { episode, result: { observation, terminated: false, truncated: false, info, ...outcome } };
}

export function observationOf({ messages }: Episode): Observation {
  return { messages: messages.map((message) => ({ ...message })) };
}

export function infoOf({ task, seed, turn, turns }: Episode): Info {
  return { task: task.id, environment: environmentOf(task).name, seed, turn, turns };
}
