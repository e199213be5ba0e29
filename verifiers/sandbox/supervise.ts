import { AssayError } from '../errors.ts';
import type { Cgroup } from './cgroup.ts';
import type { Ending, Job } from './job.ts';
import { defaultWallMs, type Watch, watch } from './watchdog.ts';

type Stopped = 'cpu-limit' | 'wall-limit' | 'output-limit' | 'protocol' | 'overloaded';

/** What can end a job before its own end, and what did. */
export type Supervision = {
  /** Starts the clocks. */
  begin(): void;
  /** Ends the job for a reason; the first one counts. */
  stop(why?: Stopped): void;
  /** How the job ended, given what its process came to. Throws for what is not the job's doing. */
  ending(own: OwnEnd): Ending;
  /** True where the job may have been killed for the memory of one that ran before it. */
  isUnsure(own: OwnEnd): boolean;
  /** True once the job was stopped for a reason, or the slot ran out of memory under it. */
  explained(): boolean;
  /** The CPU time of the job: what was reported, or for one that was stopped, what its group has used. */
  cpuMs(reported: number): number;
  release(): void;
};

/** What the kernel says of a job's process; a signal may have been sent by a limit. */
export type OwnEnd = ({ code: number } | { signal: string }) & { cpuMs: number };

/** Bounds one job by its limits and by the caller's signal. `kill` must end all of its processes. */
export function supervise(
  job: Pick<Job, 'limits'>,
  cgroup: Cgroup | undefined,
  signal: AbortSignal | undefined,
  kill: () => void,
): Supervision {
  const { cpuMs, wallMs = defaultWallMs(cpuMs) } = job.limits;
  const oomBefore = cgroup?.oomKills() ?? 0;
  let isShared = false;
  let guard: Watch | undefined;
  let stopped: Stopped | undefined;
  const stop = (why?: Stopped) => {
    stopped ??= why;
    kill();
  };
  const onAbort = () => stop();
  signal?.addEventListener('abort', onAbort, { once: true });
  const outOfMemory = () => (cgroup?.oomKills() ?? 0) > oomBefore;
  return {
    begin: () => {
      isShared = outOfMemory();
      guard ??= watch({ cpuMs, wallMs }, cgroup, stop);
    },
    stop,
    isUnsure: (own) => isShared && !stopped && 'signal' in own && own.signal === 'SIGKILL',
    explained: () => stopped !== undefined || outOfMemory(),
    ending(own) {
      if (signal?.aborted) throw new AssayError('CANCELLED', 'the job was cancelled');
      if (stopped === 'overloaded') {
        throw new AssayError('HOST_OVERLOADED', 'the machine was too busy to give the candidate its time');
      }
      if (stopped) return { by: stopped };
      const sent = 'signal' in own ? own.signal : undefined;
      if (sent === 'SIGKILL' && outOfMemory()) return { by: 'memory-limit' };
      // Also of a job that the clock, which looks now and then, did not stop in time.
      if (sent === 'SIGXCPU' || own.cpuMs >= cpuMs) return { by: 'cpu-limit' };
      return 'code' in own ? { by: 'exit', code: own.code } : { by: 'signal', signal: own.signal };
    },
    cpuMs: (reported) => (stopped ? Math.max(reported, guard?.cpuMs() ?? 0) : reported),
    release() {
      guard?.stop();
      signal?.removeEventListener('abort', onAbort);
    },
  };
}
