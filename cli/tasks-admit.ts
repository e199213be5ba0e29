import { cpus } from 'node:os';
import { dirname, resolve } from 'node:path';
import { type AdmissionTask, isAdmissible } from '../datasets/admission/admission-task.ts';
import { admitTask, standingOf } from '../datasets/admission/admit-task.ts';
import {
  type Certificate,
  certificatePath,
  isFresh,
  readCertificate,
  writeCertificate,
} from '../datasets/admission/certificate.ts';
import { loadTasks } from '../datasets/load.ts';
import { Window } from '../datasets/scoring/window.ts';
import { AssayError } from '../verifiers/errors.ts';
import type { Sandbox } from '../verifiers/sandbox/index.ts';
import { exitCodes } from './exit-codes.ts';
import { printJson } from './print-json.ts';
import { printable } from './printable.ts';
import { startProgress } from './progress.ts';
import { type SandboxFlags, withSandbox } from './sandbox-options.ts';
import { formatTable } from './table.ts';

export type AdmitFlags = SandboxFlags & {
  certificates: string;
  mutants: number;
  instances: number;
  fresh?: boolean;
  json?: boolean;
};

type Admitted = { certificate: Certificate; path: string; earlier: boolean };

/** Proves chip tasks and stores a certificate of each; those that have a fresh one are left as they are. */
export async function admitTasks(
  selectors: string[],
  flags: AdmitFlags,
  signal: AbortSignal,
): Promise<number> {
  const tasks = (await loadTasks(selectors)).filter(isAdmissible);
  if (tasks.length === 0)
    throw new AssayError(
      'USAGE',
      'none of these tasks is about chip design — prove the others by "assay tasks check"',
    );
  const results = await withSandbox(flags, (sandbox) => admitAll(tasks, sandbox, flags, signal));
  if (flags.json) printJson({ admitted: results.every(isAdmitted), tasks: results });
  else process.stdout.write(`${describe(results, tasks.length)}\n`);
  return results.every(isAdmitted) ? exitCodes.passed : exitCodes.candidateFailed;
}

const isAdmitted = ({ certificate }: Admitted) => certificate.admitted;

async function admitAll(
  tasks: readonly AdmissionTask[],
  sandbox: Sandbox,
  flags: AdmitFlags,
  signal: AbortSignal,
): Promise<Admitted[]> {
  const results: (Admitted | undefined)[] = [];
  const window = new Window(flags.concurrency ?? cpus().length);
  const progress = startProgress('tasks');
  const state = { done: 0, earlier: 0, total: tasks.length };
  for (const [index, task] of tasks.entries()) {
    if (signal.aborted) break;
    await window.add(async () => {
      const result = await untilAborted(() => admitOne(task, sandbox, flags, signal), signal);
      results[index] = result;
      state.done += 1;
      if (result?.earlier) state.earlier += 1;
      progress.update(state);
    });
  }
  await window.drain().finally(() => progress.end());
  return results.flatMap((result) => result ?? []);
}

async function admitOne(
  task: AdmissionTask,
  sandbox: Sandbox,
  { certificates, mutants, fresh, instances: count }: AdmitFlags,
  signal: AbortSignal,
): Promise<Admitted> {
  const path = certificatePath(task, certificates);
  const known = fresh ? undefined : await readCertificate(path);
  const instances = await instancesOf(task, count);
  if (known && isFresh(known, await standingOf(task, sandbox), known.admitted ? instances.length : 0))
    return { certificate: known, path, earlier: true };
  const certificate = await admitTask(task, { sandbox, mutants, instances, signal });
  await writeCertificate(path, certificate);
  return { certificate, path, earlier: false };
}

/** The first instances of a task with parameters; none of a task that is an instance itself. */
async function instancesOf(
  { id, origin, parameters }: AdmissionTask,
  count: number,
): Promise<AdmissionTask[]> {
  if (count === 0 || parameters === undefined || /@\d+$/.test(id)) return [];
  const loaded = await loadTasks([`${resolve(dirname(origin))}@0..${count - 1}`]);
  return loaded.filter(isAdmissible);
}

/** What was under way at Ctrl-C has no certificate; the next start begins with it. */
async function untilAborted<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await work();
  } catch (thrown) {
    if (signal.aborted) return undefined;
    throw thrown;
  }
}

function describe(results: readonly Admitted[], asked: number): string {
  const admitted = results.filter(isAdmitted).length;
  const earlier = results.filter((result) => result.earlier).length;
  const rest = asked > results.length ? `, ${asked - results.length} were not looked at` : '';
  const kept = earlier > 0 ? ` (${earlier} by an earlier certificate)` : '';
  return [
    table(results),
    ...results.flatMap(details),
    '',
    `${admitted} of ${asked} tasks are admitted${kept}${rest}`,
  ].join('\n');
}

function table(results: readonly Admitted[]): string {
  const columns = ['task', 'mutants', 'fail', 'equal', 'survive', 'result'].map((heading) => ({ heading }));
  const rows = results.map(({ certificate: { task, mutants, admitted } }) => {
    const { judged, failed, equivalent, survivors } = mutants;
    return [
      task,
      ...[judged, failed, equivalent, survivors.length].map(String),
      admitted ? 'admitted' : 'REFUSED',
    ];
  });
  return formatTable(columns, rows);
}

const maxShownSurvivors = 10;

function details({ certificate: { task, findings, mutants, admitted } }: Admitted): string[] {
  const faults = findings
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ rule, message }) => `${rule}: ${message}`);
  const survivors = mutants.survivors
    .slice(0, maxShownSurvivors)
    .map(({ operator, line, column, fault, known }) => {
      return `survives: line ${line}:${column}, ${operator}: ${fault}; ${known}`;
    });
  const lines = admitted ? survivors : [...faults, ...survivors];
  return lines.length > 0
    ? ['', task, ...lines.map((line) => `  ${printable(line.replaceAll('\n', ' '))}`)]
    : [];
}
