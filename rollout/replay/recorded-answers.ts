import { createHash } from 'node:crypto';
import type { Task } from '../../datasets/task.ts';
import { answerOf } from '../fence.ts';

export type AnswerKind = Task['completions'][number]['kind'];

/** Chances of each kind, in percent: at the first turn, and after the policy was told what failed. */
const chances: Record<AnswerKind, { first: number; later: number }> = {
  right: { first: 50, later: 80 },
  wrong: { first: 30, later: 10 },
  malformed: { first: 10, later: 5 },
  hacking: { first: 10, later: 5 },
};

type AnswersByKind = Map<AnswerKind, string[]>;

/**
 * What the embedded policy answers to the prompts of some tasks: their recorded completions, or, where a task has
 * none of a kind, its reference and its mutants. The choice is a function of (task, seed, turn).
 */
export class RecordedAnswers {
  readonly #byPrompt: ReadonlyMap<string, { id: string; answers: AnswersByKind }>;

  constructor(tasks: Iterable<Task>) {
    this.#byPrompt = new Map(
      [...tasks].map((task) => [task.prompt.trim(), { id: task.id, answers: answersOf(task) }]),
    );
  }

  /** The answer to a chat that began with `prompt` and has had `turn` answers; nothing for a prompt of no task. */
  find(prompt: string, seed: number, turn: number): string | undefined {
    const found = this.#byPrompt.get(prompt.trim()) ?? this.#beginningOf(prompt);
    return found && choose(found.answers, draw(`${found.id} ${seed} ${turn}`), turn);
  }

  /** An environment may go on after a task's prompt, with a design that is to be mended, say. */
  #beginningOf(message: string) {
    const prompts = [...this.#byPrompt.keys()].filter((prompt) => message.startsWith(`${prompt}\n`));
    return this.#byPrompt.get(
      prompts.reduce((longest, one) => (one.length > longest.length ? one : longest), ''),
    );
  }
}

function answersOf(task: Task): AnswersByKind {
  const answers: AnswersByKind = new Map();
  for (const { kind, text } of task.completions) answers.set(kind, [...(answers.get(kind) ?? []), text]);
  if (!answers.has('right') && task.reference !== '') {
    answers.set('right', [answerOf(task, task.reference)]);
  }
  const mutants = task.mutants.map(({ text }) => answerOf(task, text));
  if (!answers.has('wrong') && mutants.length > 0) answers.set('wrong', mutants);
  return answers;
}

function choose(answers: AnswersByKind, [which, one]: [number, number], turn: number): string | undefined {
  const kinds = [...answers.keys()];
  const weights = kinds.map((kind) => chances[kind][turn === 0 ? 'first' : 'later']);
  const texts = answers.get(kinds[indexAt(weights, which)] ?? 'right') ?? [];
  return texts[Math.floor(one * texts.length)];
}

/** The index whose share of the weights a number in [0, 1) falls into. */
function indexAt(weights: number[], share: number): number {
  let left = share * weights.reduce((sum, weight) => sum + weight, 0);
  return weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
}

/** Two numbers in [0, 1) that depend on nothing but the text. */
function draw(text: string): [number, number] {
  const bytes = createHash('sha256').update(text).digest();
  return [bytes.readUInt32BE(0) / 2 ** 32, bytes.readUInt32BE(4) / 2 ** 32];
}
