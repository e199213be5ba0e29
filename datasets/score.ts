import { join } from 'node:path';
import { AssayError } from '../verifiers/errors.ts';
import { JsonlAppender } from './files/jsonl-appender.ts';
import { lockFolder } from './files/lock-folder.ts';
import { writeJson } from './files/write-json.ts';
import { readHistory } from './scoring/history.ts';
import { type JudgingOptions, judgeRows } from './scoring/judge-rows.ts';
import { claimFolder, describeRun, scoreFiles } from './scoring/run-record.ts';
import { type ScoreSummary, summarize } from './scoring/summary.ts';
import { surveyInput } from './scoring/survey.ts';

export type { ScoreProgress } from './scoring/judge-rows.ts';
export type { ScoreSummary, TaskSummary } from './scoring/summary.ts';

export type ScoreOptions = JudgingOptions & {
  /** The folder of the results; made where needed. */
  out: string;
  /** Discards what an earlier job left in `out`. */
  fresh?: boolean;
  /** The number of samples that each task should have; others are listed in the summary. */
  samplesPerTask?: number;
};

/**
 * Judges every row of a file of samples and writes into `out`: `run.json`, `verdicts.jsonl`, `rejected.jsonl` for
 * rows that cannot be judged, and at the end `summary.json`. A run that was killed or stopped goes on where it was
 * when it is started again with the same input, tasks and seed.
 *
 * Errors: `USAGE` when `out` is held by another run or belongs to another job, `FILE_UNREADABLE`, `DISK_FULL`,
 * `CANCELLED` after `signal`, and the error of the machine when a hundred rows in a row got no verdict because of
 * it. What was judged until then stays.
 */
export async function scoreSamples(options: ScoreOptions): Promise<ScoreSummary> {
  const { input, tasks, out, seed = 0, fresh = false, signal } = options;
  const lock = await lockFolder(out);
  try {
    const record = describeRun(await surveyInput(input, signal), tasks, seed);
    await claimFolder(out, record, fresh);
    const summary = await judgeInto(options, record.input.lines);
    await writeJson(join(out, scoreFiles.summary), summary);
    return summary;
  } catch (thrown) {
    throw signal?.aborted ? cancelled(thrown) : thrown;
  } finally {
    await lock.release();
  }
}

function cancelled(cause: unknown): AssayError {
  return new AssayError('CANCELLED', 'interrupted — run the same command again to go on', { cause });
}

async function judgeInto(options: ScoreOptions, lines: number | undefined): Promise<ScoreSummary> {
  const path = (name: keyof typeof scoreFiles) => join(options.out, scoreFiles[name]);
  const verdicts = await JsonlAppender.open(path('verdicts'));
  const rejected = await JsonlAppender.open(path('rejected'));
  try {
    const history = await readHistory(verdicts.path, rejected.path);
    const { blank } = await judgeRows({
      ...options,
      verdicts,
      rejected,
      history,
      ...(lines !== undefined && { lines }),
    });
    const ids = options.tasks.map(({ id }) => id);
    return summarize(history.tally, ids, history.rejected, blank, options.samplesPerTask);
  } finally {
    await Promise.all([verdicts.close(), rejected.close()]);
  }
}
