import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../verifiers/errors.ts';
import { version } from '../../verifiers/version.ts';
import { fileError } from '../files/file-error.ts';
import { writeJson } from '../files/write-json.ts';
import type { Task } from '../task.ts';
import { taskSha256 } from '../task-sha256.ts';
import type { InputRecord } from './survey.ts';

/** What `run.json` holds: all that decides the verdicts of a job, and when it was started. */
export type RunRecord = {
  kind: 'score';
  assay: string;
  node: string;
  startedAt: string;
  input: InputRecord;
  seed: number;
  /** SHA-256 of each task's content. */
  tasks: Record<string, string>;
};

export const scoreFiles = {
  run: 'run.json',
  verdicts: 'verdicts.jsonl',
  rejected: 'rejected.jsonl',
  summary: 'summary.json',
} as const;

export function describeRun(input: InputRecord, tasks: readonly Task[], seed: number): RunRecord {
  return {
    kind: 'score',
    assay: version,
    node: process.version,
    startedAt: new Date().toISOString(),
    input,
    seed,
    tasks: Object.fromEntries(tasks.map((task) => [task.id, taskSha256(task)])),
  };
}

/**
 * Writes the record of a new job into `folder`, or makes sure that the job that was started there is this one. With
 * `fresh` the results of an earlier scoring job are removed first.
 *
 * Errors: `USAGE` that names the difference, with the remedy.
 */
export async function claimFolder(folder: string, run: RunRecord, fresh: boolean): Promise<void> {
  const path = join(folder, scoreFiles.run);
  const started = await readRecord(path);
  if (started && started.kind !== 'score') {
    throw new AssayError('USAGE', `${folder} holds the results of another command — name another --out`);
  }
  if (fresh) await clearFolder(folder);
  else if (started) return refuseDifference(folder, started, run);
  const strays = [scoreFiles.verdicts, scoreFiles.rejected].map((name) => join(folder, name));
  for (const stray of strays) {
    if (await exists(stray)) throw refusal(folder, `holds ${stray} but no ${scoreFiles.run}`);
  }
  await writeJson(path, run);
}

/** The record goes last: a kill on the way leaves a folder that is known to be ours. */
async function clearFolder(folder: string): Promise<void> {
  const { run, ...others } = scoreFiles;
  for (const name of [...Object.values(others), run]) await rm(join(folder, name), { force: true });
}

async function readRecord(path: string): Promise<Partial<RunRecord> | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (thrown instanceof SyntaxError) return {};
    throw fileError(path, thrown);
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function refuseDifference(folder: string, started: Partial<RunRecord>, run: RunRecord): void {
  const differences: [string, unknown, unknown][] = [
    ['version of Assay', started.assay, run.assay],
    ['seed', started.seed, run.seed],
    ['input', inputIdentity(started.input), inputIdentity(run.input)],
    ['selection or content of tasks', JSON.stringify(started.tasks), JSON.stringify(run.tasks)],
  ];
  const different = differences.find(([, before, now]) => before !== now);
  if (different) throw refusal(folder, `was started with another ${different[0]}`);
}

function inputIdentity(input: InputRecord | undefined): string | undefined {
  return input?.sha256 ?? input?.path;
}

function refusal(folder: string, what: string): AssayError {
  const remedy = 'name another --out, or start over with --fresh';
  return new AssayError('USAGE', `${folder} ${what} — ${remedy}`);
}
