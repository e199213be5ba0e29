import { z } from 'zod';
import { AssayError } from '../../verifiers/errors.ts';
import type { Verdict } from '../../verifiers/verdict.ts';
import { readJsonl } from '../files/read-jsonl.ts';
import { maxLineBytes } from '../files/read-lines.ts';
import { candidateMark, RowMarks, rejectedMark } from './row-marks.ts';
import { count, type Outcome, outcomeOf, type Tally } from './tally.ts';

/** What the files of a job tell of the rows that are dealt with. */
export type History = {
  marks: RowMarks;
  tally: Tally;
  /** Rejected rows by reason. */
  rejected: Record<string, number>;
  /** Rows whose last verdict was none by no fault of theirs: they are judged again, once a run. */
  unsettled: Map<number, { outcome: Outcome; attempt: number }>;
};

/** A row has the fields of its input that we do not know, beside the verdict. */
const maxRowBytes = 4 * maxLineBytes;

/** One row of `verdicts.jsonl`, as far as reading it back needs it. */
const verdictRowSchema = z.looseObject({
  row: z.number().int().positive(),
  task: z.string(),
  verdict: z.looseObject({ status: z.enum(['scored', 'no-verdict']), candidateSha256: z.string() }),
});
const rejectedRowSchema = z.looseObject({ row: z.number().int().positive(), reason: z.string() });

/** Reads back what an earlier run of the job wrote; of several verdicts for a row the last counts. */
export async function readHistory(verdictsPath: string, rejectedPath: string): Promise<History> {
  const history: History = { marks: new RowMarks(), tally: new Map(), rejected: {}, unsettled: new Map() };
  for await (const { line, value } of readJsonl(verdictsPath, { maxBytes: maxRowBytes })) {
    const { row, task, verdict } = parse(verdictRowSchema, value, `${verdictsPath}:${line}`);
    // The rest of the verdict is as we wrote it.
    settle(history, row, task, verdict as unknown as Verdict);
  }
  for await (const { line, value } of readJsonl(rejectedPath)) {
    const { row, reason } = parse(rejectedRowSchema, value, `${rejectedPath}:${line}`);
    countRejected(history, row, reason);
  }
  return history;
}

/** Enters a verdict, in place of an earlier one of its row. */
export function settle(history: History, row: number, task: string, verdict: Verdict): void {
  const { marks, tally, unsettled } = history;
  const earlier = unsettled.get(row);
  if (earlier) count(tally, task, earlier.outcome, -1);
  unsettled.delete(row);
  const outcome = outcomeOf(verdict);
  count(tally, task, outcome);
  marks.set(row, candidateMark(verdict.candidateSha256));
  const isOurs = verdict.status === 'no-verdict' && verdict.error.blame !== 'task';
  if (isOurs) unsettled.set(row, { outcome, attempt: verdict.attempt });
}

export function countRejected(history: History, row: number, reason: string): void {
  history.marks.set(row, rejectedMark);
  history.rejected[reason] = (history.rejected[reason] ?? 0) + 1;
}

function parse<Row>(schema: z.ZodType<Row>, value: unknown, place: string): Row {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const remedy = 'restore the file, or start over with --fresh';
  throw new AssayError('FILE_UNREADABLE', `${place}: this line is not a row of ours — ${remedy}`);
}
