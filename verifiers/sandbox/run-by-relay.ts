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
  const { tool, warm } = placeOf(place, job);
  const isNew = tool !== undefined && connection.nurseryOf(tool) === 0;
  if (isNew) connection.admit(tool);
  const { residents } = connection;
  cgroup?.setProcessLimit(job.limits.processes + residents.processes);
  cgroup?.setMemoryLimit(job.limits.memoryBytes + residents.bytes);
  if (isNew) await connection.load(tool); // not in the time of the job
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
    const nursery = tool ? connection.nurseryOf(tool) : 0;
    const talks = talk !== undefined;
    const surroundings = { nursery, warm, residents: residents.processes, dataBytes, talks };
    const { stdout, stderr, replies, ended } = connection.start(job, surroundings, talk);
    supervision.begin();
    const end = await ended;
    if (!('report' in end)) connection.abandon();
    const report = settled(end, cgroup, () => supervision.explained() || signal?.aborted === true);
    if (report.violated) supervision.stop('protocol');
    if (report.flooded) supervision.stop('output-limit');
    return {
      ending: supervision.ending(ownEnd(report)),
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

/** The tool that clones a job, if any, and the number of the program that it is for there; -1 where it starts its own. */
function placeOf({ python, node }: RelayPlace, { argv, tool }: WireJob): { tool?: Tool; warm: number } {
  if (tool) return { tool: nativeTool(argv[0] ?? '', tool.libraries), warm: 0 };
  const isFor = (program: WarmProgram) => program.argv.every((word, index) => argv[index] === word);
  const warm = node.findIndex(isFor);
  return warm < 0 ? { warm: python.findIndex(isFor) } : { tool: warmNode(node), warm };
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

function ownEnd({ exit, signal, cpuMs }: Report): OwnEnd {
  return signal === null ? { code: exit ?? 0, cpuMs } : { signal: signalName(signal), cpuMs };
}

function joined([first = empty, ...more]: readonly Buffer[]): Buffer {
  return more.length === 0 ? first : Buffer.concat([first, ...more]);
}
const empty = Buffer.alloc(0);
