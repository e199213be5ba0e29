import { constants } from 'node:os';
import { AssayError } from '../errors.ts';
import type { Cgroup } from './cgroup.ts';
import type { RelayConnection, RelayEnd, Report } from './relay-connection.ts';
import type { WarmProgram } from './sandbox.ts';
import { signalName } from './signal-name.ts';
import type { Talk } from './slot.ts';
import { supervise } from './supervise.ts';
import type { WireJob } from './wire-job.ts';
import type { WireResult } from './wire-result.ts';

/** How long the relay may take to end a job and to report. */
const reportMs = 2000;
/** What a process of the slot needs beside the candidate. */
const residentBytes = 6 << 20;

/** The slot behind a relay. */
export type RelayPlace = { cgroup: Cgroup | undefined; programs: readonly WarmProgram[] };

/**
 * Runs a job by the relay of a slot, and watches over its limits. Nothing else may run there meanwhile. A connection
 * that is not open after that leads to a slot whose processes are to be ended.
 */
export async function runByRelay(
  connection: RelayConnection,
  place: RelayPlace,
  job: WireJob,
  signal?: AbortSignal,
  talk?: Talk,
): Promise<WireResult> {
  const { cgroup } = place;
  const nursery = job.tool ? connection.nurseryOf(job.argv[0] ?? '', job.tool.libraries) : 0;
  const residents = connection.residentProcesses;
  cgroup?.setProcessLimit(job.limits.processes + residents);
  cgroup?.setMemoryLimit(job.limits.memoryBytes + residents * residentBytes);
  const started = performance.now();
  let overdue: NodeJS.Timeout | undefined;
  let isOver = false;
  const supervision = supervise(job, cgroup, signal, () => {
    connection.kill();
    const giveUp = () => isOver || connection.abandon();
    overdue ??= setTimeout(() => setImmediate(giveUp), reportMs); // a report that has come already is heard before
  });
  try {
    const dataBytes = cgroup ? 0 : job.limits.memoryBytes;
    const warm = job.tool ? 0 : warmNumber(place.programs, job);
    const surroundings = { nursery, warm, residents, dataBytes, talks: talk !== undefined };
    const { stdout, stderr, replies, ended } = connection.start(job, surroundings, talk);
    supervision.begin();
    const end = await ended;
    if (!('report' in end)) connection.abandon();
    const report = settled(end, cgroup, () => supervision.explained() || signal?.aborted === true);
    if (report.violated) supervision.stop('protocol');
    if (report.flooded) supervision.stop('output-limit');
    return {
      ending: supervision.ending({
        ...(report.signal === null ? { code: report.exit ?? 0 } : { signal: signalName(report.signal) }),
        cpuMs: report.cpuMs,
      }),
      stdout: { kept: joined(stdout), bytes: report.stdoutBytes },
      stderr: { kept: joined(stderr), bytes: report.stderrBytes },
      replies: joined(replies),
      usage: {
        cpuMs: supervision.cpuMs(report.cpuMs),
        wallMs: performance.now() - started,
        peakMemoryBytes: report.peakMemoryBytes,
      },
    };
  } finally {
    isOver = true;
    supervision.release();
    clearTimeout(overdue);
  }
}

/** Which warm program a job is for; -1 for a job that starts its own. */
function warmNumber(programs: readonly WarmProgram[], { argv }: WireJob): number {
  return programs.findIndex((program) => program.argv.every((word, index) => argv[index] === word));
}

/** The report of a job; one without, whose end is explained, counts as killed. */
function settled(end: RelayEnd, cgroup: Cgroup | undefined, explained: () => boolean): Report {
  if ('report' in end) return end.report;
  if ('fault' in end) throw end.fault;
  if (!explained()) throw new AssayError('SANDBOX_LOST', 'a sandbox ended without a report');
  const peakMemoryBytes = cgroup?.peakMemoryBytes() ?? 0;
  const counts = { stdoutBytes: 0, stderrBytes: 0, cpuMs: 0, peakMemoryBytes };
  return { exit: null, signal: constants.signals.SIGKILL, flooded: false, violated: false, ...counts };
}

function joined([first = empty, ...more]: readonly Buffer[]): Buffer {
  return more.length === 0 ? first : Buffer.concat([first, ...more]);
}
const empty = Buffer.alloc(0);
