import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { JsonlAppender } from '../datasets/files/jsonl-appender.ts';
import { type FolderLock, lockFolder } from '../datasets/files/lock-folder.ts';
import { readJsonl } from '../datasets/files/read-jsonl.ts';
import { AssayError } from '../verifiers/errors.ts';
import { type Outcome, outcomeOf, type RolloutRow, readOutcome } from './rollout-row.ts';
import { differences, type RunConfiguration } from './run-configuration.ts';

/** What `run.json` holds. */
export type RunRecord = {
  schema: 1;
  configuration: RunConfiguration;
  versions: Record<string, string>;
  /** How it was run each time: started, then resumed. Does not decide what is recorded. */
  starts: { at: string; concurrency: number; threads: number }[];
};

const rolloutsFile = 'rollouts.jsonl';
const runFile = 'run.json';
/** A row has the whole chat of an episode, and the ids of its tokens. */
export const maxRowBytes = 256 * 2 ** 20;
const summaryFile = 'summary.json';

/**
 * The files of one run: `run.json`, `rollouts.jsonl`, `summary.json`. This process alone writes them while it is
 * open. Rows are appended and never changed; of several rows with one id the last counts.
 */
export class RunFolder {
  /** What has been recorded, by rollout id. */
  readonly outcomes: Map<string, Outcome> = new Map();
  readonly #out: string;
  readonly #lock: FolderLock;
  readonly #rows: JsonlAppender;

  private constructor(out: string, lock: FolderLock, rows: JsonlAppender) {
    this.#out = out;
    this.#lock = lock;
    this.#rows = rows;
  }

  /**
   * Starts a run in `out`, or takes up one that was stopped at any moment.
   *
   * Errors: `USAGE` when another process holds the folder, or when the run in it has another configuration;
   * `FILE_UNREADABLE` when its files were changed by another hand.
   */
  static async open(out: string, record: RunRecord, { fresh }: { fresh: boolean }): Promise<RunFolder> {
    const lock = await lockFolder(out);
    try {
      if (fresh) await removeRun(out);
      await writeRecord(out, record);
      const folder = new RunFolder(out, lock, await JsonlAppender.open(join(out, rolloutsFile)));
      await folder.#readOutcomes();
      return folder;
    } catch (thrown) {
      await lock.release();
      throw thrown;
    }
  }

  get path(): string {
    return this.#out;
  }

  /** Bytes of a last row that a kill had torn and that were cut off. */
  get cutBytes(): number {
    return this.#rows.cutBytes;
  }

  /** Resolves when the row can no longer be lost by a kill of this process. */
  async append(row: RolloutRow): Promise<void> {
    await this.#rows.append(row);
    this.outcomes.set(row.id, outcomeOf(row));
  }

  writeSummary(summary: object): Promise<void> {
    return writeJson(join(this.#out, summaryFile), summary);
  }

  async close(): Promise<void> {
    try {
      await this.#rows.close();
    } finally {
      await this.#lock.release();
    }
  }

  async #readOutcomes(): Promise<void> {
    const path = join(this.#out, rolloutsFile);
    for await (const { line, value } of readJsonl(path, { maxBytes: maxRowBytes })) {
      const outcome = readOutcome(value);
      if (!outcome) throw foreignRow(path, line);
      this.outcomes.set(outcome.id, outcome);
    }
  }
}

/**
 * The tasks of the run that a `rollouts.jsonl` belongs to, as they were named.
 *
 * Errors: `FILE_UNREADABLE` when no `run.json` lies beside it.
 */
export async function readSelector(rollouts: string): Promise<string> {
  const path = join(dirname(rollouts), runFile);
  const record = await readRecord(path);
  if (record) return record.configuration.selector;
  throw new AssayError('FILE_UNREADABLE', `${path} does not exist — name the tasks of the run with --tasks`);
}

async function removeRun(out: string): Promise<void> {
  for (const name of [summaryFile, rolloutsFile, runFile]) await rm(join(out, name), { force: true });
}

/** Writes `run.json`; one that is there must be of the same configuration, and keeps its history. */
async function writeRecord(out: string, record: RunRecord): Promise<void> {
  const path = join(out, runFile);
  const earlier = await readRecord(path);
  if (!earlier) {
    for await (const _ of readJsonl(join(out, rolloutsFile))) throw withoutRecord(out);
    return writeJson(path, record);
  }
  const changes = differences(earlier.configuration, record.configuration);
  if (changes.length > 0) throw otherConfiguration(out, changes);
  return writeJson(path, { ...record, starts: [...earlier.starts, ...record.starts] });
}

async function readRecord(path: string): Promise<RunRecord | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const record = JSON.parse(text);
    if (record.schema === 1 && record.configuration && Array.isArray(record.starts)) return record;
  } catch {}
  throw new AssayError('FILE_UNREADABLE', `${path} is no run.json of this version — start over with --fresh`);
}

/** Replaces the file in one step: a reader or a kill sees the old one or the new one. */
async function writeJson(path: string, value: object): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`);
  await rename(`${path}.new`, path);
}

function otherConfiguration(out: string, changes: string[]): AssayError {
  return new AssayError(
    'USAGE',
    `${out} holds a run with another configuration (${changes.join('; ')}) — give the same options to resume it, ` +
      'another --out, or --fresh to delete it and start over',
  );
}

function withoutRecord(out: string): AssayError {
  return new AssayError(
    'USAGE',
    `${out} has rollouts but no ${runFile} that tells how they were made — restore it, choose another --out, or ` +
      'delete them with --fresh',
  );
}

function foreignRow(path: string, line: number): AssayError {
  const remedy = 'restore the file, or start over with --fresh';
  return new AssayError('FILE_UNREADABLE', `${path}:${line}: this line is not a rollout — ${remedy}`);
}
