import { constants } from 'node:os';
import { AssayError } from '../errors.ts';
import type { Cgroup } from './cgroup.ts';
import type { RelayConnection, RelayEnd, Report } from './relay-connection.ts';
import type { WarmProgram } from './sandbox.ts';
import { signalName } from './signal-name.ts';
import type { Talk } from './slot.ts';
import { type OwnEnd, supervise } from './supervise.ts';
import { nativeTool, type Tool, warmNode } from './tool.ts';
import type { WireJob } from './wire-job.ts';
import type { WireResult } from './wire-result.ts';

/** How long the relay may take to end a job and to report. */
const reportMs = 2000;

/** The slot behind a relay, and the programs that it keeps warm. */
export type RelayPlace = {
  cgroup: Cgroup | undefined;
  python: readonly WarmProgram[];
  node: readonly WarmProgram[];
};

/**
 * Runs a job by the relay of a slot, and watches over its limits. What else is sent there meanwhile must have the same
 * limits of memory and processes. A connection that is not open after that leads to a slot whose processes are to be
 * ended. `again`: for the doing of a job that ran before, it is not known how this one would have ended by itself.
 */
export async function runByRelay(
  connection: RelayConnection,
  place: RelayPlace,
  job: WireJob,
  signal?: AbortSignal,
  talk?: Talk,
): Promise<WireResult | 'again'> {
  const { cgroup } = place;
  const { tool, warm } = placeOf(place, job);
  const isNew = tool !== undefined && connection.nurseryOf(tool) === 0;
  if (isNew) connection.admit(tool);
  const { residents } = connection;
  cgroup?.setProcessLimit(job.limits.processes + residents.processes);
  cgroup?.setMemoryLimit(job.limits.memoryBytes + residents.bytes);
  if (isNew) await connection.load(tool); // not in the time of the job
  const number = connection.nextNumber;
  let started: number | undefined;
  let isKilled = false;
  let isOver = false;
  let overdue: NodeJS.Timeout | undefined;
  const awaitReport = () => {
    const giveUp = () => isOver || connection.abandon();
    overdue ??= setTimeout(() => setImmediate(giveUp), reportMs); // a report that has come already is heard before
  };
  const supervision = supervise(job, cgroup, signal, () => {
    isKilled = true;
    connection.kill(number);
    if (started !== undefined) awaitReport();
  });
  const begun = () => {
    started = performance.now();
    supervision.begin();
    if (isKilled) awaitReport();
  };
  try {
    const dataBytes = cgroup ? 0 : job.limits.memoryBytes;
    const nursery = tool ? connection.nurseryOf(tool) : 0;
    const talks = talk !== undefined;
    const surroundings = { nursery, warm, residents: residents.processes, dataBytes, talks };
    const { stdout, stderr, replies, ended } = connection.start(job, surroundings, { begun, talk });
    const end = await ended;
    if ('lost' in end && started === undefined && signal?.aborted !== true) return 'again';
    if ('lost' in end) connection.abandon();
    if ('report' in end && supervision.isUnsure(ownEnd(end.report))) return 'again';
    const report = settled(
      end,
      cgroup,
      performance.now() - (started ?? performance.now()),
      () => supervision.explained() || signal?.aborted === true,
    );
    if (report.violated) supervision.stop('protocol');
    if (report.flooded) supervision.stop('output-limit');
    return {
      ending: supervision.ending(ownEnd(report)),
      stdout: { kept: joined(stdout), bytes: report.stdoutBytes },
      stderr: { kept: joined(stderr), bytes: report.stderrBytes },
      replies: joined(replies),
      usage: {
        cpuMs: supervision.cpuMs(report.cpuMs),
        wallMs: report.wallMs,
        peakMemoryBytes: report.peakMemoryBytes,
      },
    };
  } finally {
    isOver = true;
    supervision.release();
    clearTimeout(overdue);
  }
}

/** Whether the slot has loaded all that the job wants to be. */
export function isAtHand(connection: RelayConnection, place: RelayPlace, job: WireJob): boolean {
  const { tool } = placeOf(place, job);
  return !tool || connection.nurseryOf(tool) > 0;
}

/** The tool that clones a job, if any, and the number of the program that it is for there; -1 where it starts its own. */
function placeOf({ python, node }: RelayPlace, { argv, tool }: WireJob): { tool?: Tool; warm: number } {
  if (tool) return { tool: nativeTool(argv[0] ?? '', tool.libraries), warm: 0 };
  const isFor = (program: WarmProgram) => program.argv.every((word, index) => argv[index] === word);
  const warm = node.findIndex(isFor);
  return warm < 0 ? { warm: python.findIndex(isFor) } : { tool: warmNode(node), warm };
}

/** The report of a job; one without, whose end is explained, counts as killed. */
function settled(
  end: RelayEnd,
  cgroup: Cgroup | undefined,
  wallMs: number,
  explained: () => boolean,
): Report {
  if ('report' in end) return end.report;
  if ('fault' in end) throw end.fault;
  if (!explained()) throw new AssayError('SANDBOX_LOST', 'a sandbox ended without a report');
  const peakMemoryBytes = cgroup?.peakMemoryBytes() ?? 0;
  const counts = { stdoutBytes: 0, stderrBytes: 0, cpuMs: 0, wallMs, peakMemoryBytes };
  return { exit: null, signal: constants.signals.SIGKILL, flooded: false, violated: false, ...counts };
}

function ownEnd({ exit, signal, cpuMs }: Report): OwnEnd {
  return signal === null ? { code: exit ?? 0, cpuMs } : { signal: signalName(signal), cpuMs };
}

function joined([first = empty, ...more]: readonly Buffer[]): Buffer {
  return more.length === 0 ? first : Buffer.concat([first, ...more]);
}
const empty = Buffer.alloc(0);
