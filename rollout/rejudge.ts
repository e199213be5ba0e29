import { z } from 'zod';
import { firstDifference } from '../datasets/checking/first-difference.ts';
import { readJsonl } from '../datasets/files/read-jsonl.ts';
import type { Task } from '../datasets/task.ts';
import { AssayError } from '../verifiers/errors.ts';
import type { Sandbox } from '../verifiers/sandbox/index.ts';
import type { Verdict } from '../verifiers/verdict.ts';
import { verify } from '../verifiers/verify.ts';
import { maxRowBytes } from './run-folder.ts';

/** What is read of a recorded rollout to judge it again. */
const recordedSchema = z.looseObject({
  id: z.string(),
  task: z.string(),
  seed: z.number(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string() })),
  // A verdict was written by us and is compared whole.
  turns: z.array(z.looseObject({ verdict: z.custom<Verdict>((value) => typeof value === 'object') })),
});
type Recorded = z.infer<typeof recordedSchema>;

/** One answer judged again; `difference` tells where its verdict is not as it was. */
export type Rejudged = { id: string; turn: number; difference: string | undefined };

export type RejudgeOptions = {
  tasks: readonly Task[];
  sandbox: Sandbox;
  /** Only the rollout of this id. */
  id?: string;
  signal?: AbortSignal;
};

/**
 * Judges the recorded answers of a `rollouts.jsonl` again, one after the other. The same task, candidate, seed and
 * tools must give the same verdict; what it cost may differ. Answers that had no verdict are left out.
 *
 * Errors: `TASK_NOT_FOUND` for a rollout of a task that is not among `tasks`; those of reading the file.
 */
export async function* rejudge(path: string, options: RejudgeOptions): AsyncGenerator<Rejudged> {
  const tasks = new Map(options.tasks.map((task) => [task.id, task]));
  for await (const { line, value } of readJsonl(path, { maxBytes: maxRowBytes })) {
    const recorded = parseRow(value, `${path}:${line}`);
    if (options.id !== undefined && recorded.id !== options.id) continue;
    const task = tasks.get(recorded.task);
    if (!task) throw unknownTask(recorded);
    yield* rejudgeRow(recorded, task, options);
  }
}

async function* rejudgeRow(
  { id, seed, messages, turns }: Recorded,
  task: Task,
  { sandbox, signal }: RejudgeOptions,
): AsyncGenerator<Rejudged> {
  const answers = messages.filter(({ role }) => role === 'assistant');
  for (const [index, { verdict: was }] of turns.entries()) {
    const completion = answers[index]?.content ?? '';
    if (was.status === 'no-verdict') continue;
    const is = await verify(task, completion, { sandbox, seed, ...(signal && { signal }) });
    yield { id, turn: index + 1, difference: difference(was, is) };
  }
}

function parseRow(value: unknown, place: string): Recorded {
  const parsed = recordedSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AssayError('FILE_UNREADABLE', `${place}: this line is not a rollout — name a rollouts.jsonl`);
}

function unknownTask({ id, task }: Recorded): AssayError {
  const remedy = 'give the tasks of the run with --tasks';
  return new AssayError(
    'TASK_NOT_FOUND',
    `rollout ${id} is of the task "${task}", which is not loaded — ${remedy}`,
  );
}

/** Where two verdicts first differ. Neither cost nor the number of the judging belong to what must be the same. */
function difference(was: Verdict, is: Verdict): string | undefined {
  // As JSON, as the recorded one has been.
  return firstDifference(comparable(was), comparable(JSON.parse(JSON.stringify(is))));
}

function comparable({ usage: _usage, attempt: _attempt, sandbox: _sandbox, ...verdict }: Verdict): object {
  return verdict;
}
