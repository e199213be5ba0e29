import { constants } from 'node:os';
import { AssayError } from '../errors.ts';
import type { Cell } from './cell.ts';
import { ForkServer } from './fork-server.ts';
import type { RelayEnd, Report } from './relay-connection.ts';
import type { WarmProgram } from './sandbox.ts';
import { signalName } from './signal-name.ts';
import type { Slot, Talk } from './slot.ts';
import { supervise } from './supervise.ts';
import type { View } from './view.ts';
import type { WireJob } from './wire-job.ts';
import type { WireResult } from './wire-result.ts';

/** How long the relay may take to end a job and to report. */
const reportMs = 2000;
/** What a process of the slot needs beside the candidate. */
const residentBytes = 6 << 20;

/**
 * A slot that forks each job from a warm process into fresh namespaces: no start of bubblewrap, and none of the
 * interpreter for warm programs. One bubblewrap and one control group live as long as the slot.
 */
export class WarmSlot implements Slot {
  readonly #cell: Cell;
  readonly #programs: readonly WarmProgram[];
  readonly #server: ForkServer;

  constructor(cell: Cell, view: View, programs: readonly WarmProgram[], folder: string) {
    this.#cell = cell;
    this.#programs = programs;
    this.#server = new ForkServer(cell, view, programs, folder);
  }

  start(): Promise<void> {
    return this.#server.start();
  }

  async run(job: WireJob, signal: AbortSignal, talk?: Talk): Promise<WireResult> {
    const connection = await this.#server.connect();
    const { cgroup } = this.#cell;
    const nursery = job.tool ? connection.nurseryOf(job.argv[0] ?? '', job.tool.libraries) : 0;
    const residents = connection.residentProcesses;
    cgroup?.setProcessLimit(job.limits.processes + residents);
    cgroup?.setMemoryLimit(job.limits.memoryBytes + residents * residentBytes);
    const started = performance.now();
    let overdue: NodeJS.Timeout | undefined;
    const supervision = supervise(job, cgroup, signal, () => {
      connection.kill();
      overdue ??= setTimeout(() => this.#server.kill(), reportMs);
    });
    try {
      const dataBytes = cgroup ? 0 : job.limits.memoryBytes;
      const warm = job.tool ? 0 : this.#warmNumber(job);
      const surroundings = { nursery, warm, residents, dataBytes, talks: talk !== undefined };
      const { stdout, stderr, replies, ended } = connection.start(job, surroundings, talk);
      supervision.begin();
      const end = await ended;
      const report = this.#settle(end, () => supervision.explained() || signal.aborted);
      if (report.violated) supervision.stop('protocol');
      if (report.flooded) supervision.stop('output-limit');
      return {
        ending: supervision.ending(
          report.signal === null
            ? { code: report.exit ?? 0 }
            : { signal: signalName(report.signal), cpuMs: report.cpuMs },
        ),
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
      supervision.release();
      clearTimeout(overdue);
    }
  }

  /** Which warm program a job is for; -1 for a job that starts its own. */
  #warmNumber({ argv }: WireJob): number {
    return this.#programs.findIndex((program) => program.argv.every((word, index) => argv[index] === word));
  }

  /** The report of a job; one without, whose end is explained, counts as killed. */
  #settle(end: RelayEnd, explained: () => boolean): Report {
    if ('report' in end) return end.report;
    this.#server.kill();
    if ('fault' in end) throw end.fault;
    if (!explained()) throw new AssayError('SANDBOX_LOST', 'a sandbox ended without a report');
    const peakMemoryBytes = this.#cell.cgroup?.peakMemoryBytes() ?? 0;
    const counts = { stdoutBytes: 0, stderrBytes: 0, cpuMs: 0, peakMemoryBytes };
    return { exit: null, signal: constants.signals.SIGKILL, flooded: false, violated: false, ...counts };
  }

  async close(): Promise<void> {
    await this.#server.close();
    this.#cell.release();
  }
}

function joined([first = empty, ...more]: readonly Buffer[]): Buffer {
  return more.length === 0 ? first : Buffer.concat([first, ...more]);
}
const empty = Buffer.alloc(0);
