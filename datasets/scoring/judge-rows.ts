import { AssayError, isErrorCode } from '../../verifiers/errors.ts';
import { extractAnswer } from '../../verifiers/extract.ts';
import type { Sandbox } from '../../verifiers/sandbox/index.ts';
import { sha256, type Verdict } from '../../verifiers/verdict.ts';
import { verify } from '../../verifiers/verify.ts';
import type { JsonlAppender } from '../files/jsonl-appender.ts';
import { readInput } from '../files/read-input.ts';
import { type Line, readLines } from '../files/read-lines.ts';
import type { Task } from '../task.ts';
import { countRejected, type History, settle } from './history.ts';
import { candidateMark, rejectedMark } from './row-marks.ts';
import { type ReadRow, type Rejection, readSample, type Sample } from './sample.ts';
import { Window } from './window.ts';

/** What judging the rows of an input needs to know. */
export type JudgingOptions = {
  /** A JSONL file of samples, plain or gzipped, or `-` for standard input. */
  input: string;
  tasks: readonly Task[];
  sandbox: Sandbox;
  /** Decides whatever is drawn at random, the same for all rows. Default 0. */
  seed?: number;
  /** Rows held at the same time; the sandbox queues what it has no slot for. Default 8. */
  window?: number;
  signal?: AbortSignal;
  onProgress?: (progress: ScoreProgress) => void;
};

/** Rows that are dealt with, of all where that is known; `earlier` of them by an earlier run. */
export type ScoreProgress = { done: number; earlier: number; lines?: number };

type Job = JudgingOptions & {
  verdicts: JsonlAppender;
  rejected: JsonlAppender;
  history: History;
  lines?: number;
};
type State = { done: number; earlier: number; blank: number; faultsInARow: number };

/** So many rows in a row without a verdict for the machine's sake mean that going on is no use. */
const maxFaultsInARow = 100;

/** A verdict that the machine cost us is tried so often within one run. */
const attemptsPerRun = 2;

/** Judges the rows that `history` does not settle and enters them there; answers the number of blank lines. */
export async function judgeRows(job: Job): Promise<{ blank: number }> {
  const { input, signal, window: size = 8 } = job;
  const tasks = new Map(job.tasks.map((task) => [task.id, task]));
  const state: State = { done: 0, earlier: 0, blank: 0, faultsInARow: 0 };
  const window = new Window(size);
  try {
    for await (const line of readLines(readInput(input, signal ? { signal } : {}))) {
      await dealWith(job, state, window, line, tasks);
    }
  } finally {
    // What runs still writes to the files, also when reading has failed.
    await window.drain();
  }
  const known = job.history.marks.size + state.blank;
  if (known !== state.done) throw otherInput(`it ends at row ${state.done} of ${known}`);
  return { blank: state.blank };
}

async function dealWith(
  job: Job,
  state: State,
  window: Window,
  line: Line,
  tasks: ReadonlyMap<string, Task>,
): Promise<void> {
  const { input, history } = job;
  const read = readSample(line, tasks);
  const mark = history.marks.get(line.number);
  // A file was compared as a whole before; a stream can only be compared row by row.
  if (mark !== undefined && input === '-' && mark !== markOf(read))
    throw otherInput(`row ${line.number} differs`);
  if (read.kind === 'sample' && (mark === undefined || history.unsettled.has(line.number))) {
    return window.add(() => judgeSample(job, state, read.sample));
  }
  if (mark !== undefined) state.earlier += 1;
  else if (read.kind === 'blank') state.blank += 1;
  else if (read.kind === 'rejected') await reject(job, read.rejection);
  advance(job, state);
}

function markOf(read: ReadRow): number | undefined {
  if (read.kind === 'blank') return undefined;
  if (read.kind === 'rejected') return rejectedMark;
  const { task, completion } = read.sample;
  return candidateMark(sha256(extractAnswer(completion, task).candidate ?? completion));
}

async function reject({ rejected, history }: Job, rejection: Rejection): Promise<void> {
  await rejected.append(rejection);
  countRejected(history, rejection.row, rejection.reason);
}

async function judgeSample(job: Job, state: State, sample: Sample): Promise<void> {
  const { row, task, extra } = sample;
  const verdict = await verifyPatiently(job, sample, (job.history.unsettled.get(row)?.attempt ?? 0) + 1);
  await job.verdicts.append({ row, task: task.id, verdict, ...(extra && { extra }) });
  settle(job.history, row, task.id, verdict);
  advance(job, state);
  giveUpOnFaults(state, verdict);
}

async function verifyPatiently(
  job: Job,
  { task, completion }: Sample,
  firstAttempt: number,
): Promise<Verdict> {
  const { sandbox, seed = 0, signal } = job;
  for (let attempt = firstAttempt; ; attempt++) {
    const verdict = await verify(task, completion, { sandbox, seed, attempt, ...(signal && { signal }) });
    const isFinal = verdict.status === 'scored' || !verdict.error.retryable;
    if (isFinal || attempt + 1 >= firstAttempt + attemptsPerRun) return verdict;
  }
}

function giveUpOnFaults(state: State, verdict: Verdict): void {
  const isFault = verdict.status === 'no-verdict' && verdict.error.blame === 'infrastructure';
  state.faultsInARow = isFault ? state.faultsInARow + 1 : 0;
  if (!isFault || state.faultsInARow < maxFaultsInARow) return;
  const { code, message } = verdict.error;
  const what = `${maxFaultsInARow} rows in a row got no verdict, the last because ${message}`;
  const known = isErrorCode(code) ? code : 'SANDBOX_FAULT';
  throw new AssayError(known, `${what} — mend that, then run the same command again to go on`);
}

function advance({ lines, onProgress }: Job, state: State): void {
  state.done += 1;
  onProgress?.({ done: state.done, earlier: state.earlier, ...(lines !== undefined && { lines }) });
}

function otherInput(how: string): AssayError {
  const remedy = 'give it the same input, name another --out, or start over with --fresh';
  return new AssayError('USAGE', `the job in --out was started with another input: ${how} — ${remedy}`);
}
