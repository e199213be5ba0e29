import type { SandboxLevel } from '../verdict.ts';
import type { Job, JobResult } from './job.ts';

/** Options of one call into the sandbox. */
export type CallOptions = { signal?: AbortSignal };

/**
 * Where untrusted programs run. Jobs queue for a free slot; each runs alone in its slot and leaves nothing behind.
 *
 * Errors: `SANDBOX_LOST` when the launcher died under the job, `SANDBOX_FAULT`, `DISK_FULL` and
 * `HOST_OVERLOADED` for other faults of the machine, `QUEUE_FULL` when too much waits, `CANCELLED` after `signal`.
 */
export type Sandbox = {
  readonly level: SandboxLevel;
  /** Runs one program once. */
  run(job: Job, options?: CallOptions): Promise<JobResult>;
  /**
   * Asks a warm service, itself sandboxed, one question: a line of text in, a line of text out. `deadlineMs` is
   * the time the service may take to answer. One that overruns it (`timed-out`) or dies of the question
   * (`died`: crash, memory) is killed and started anew before the next question.
   */
  ask(service: string, question: string, deadlineMs: number, options?: CallOptions): Promise<ServiceAnswer>;
  close(): Promise<void>;
};

export type ServiceAnswer = { cpuMs: number; wallMs: number } & (
  | { outcome: 'replied'; reply: string }
  | { outcome: 'timed-out' | 'died' }
);

/** A long-lived sandboxed program that reads one line on file descriptor 3 and answers with one line there. */
export type ServiceSpec = {
  argv: readonly string[];
  memoryBytes: number;
  processes: number;
  /** What it may write to files, in bytes. Default: 64 MiB. */
  diskBytes?: number;
};

/** A host folder or file that every job sees read-only at `target`. */
export type Mount = { source: string; target: string };

/**
 * A program kept warm: jobs whose `argv` starts with these words run in a process cloned from one that has already
 * loaded it. `module` is a file inside the sandbox whose `main` is called in the clone: of Python, unless `node` has the
 * options that Node is started with.
 */
export type WarmProgram = { argv: readonly string[]; module: string; node?: readonly string[] };

export const inPython = (programs: readonly WarmProgram[]) => programs.filter(({ node }) => !node);
export const forNode = (programs: readonly WarmProgram[]) => programs.filter(({ node }) => node);

/** What the callers of a sandbox need inside of it, beside the toolchain. */
export type SandboxNeeds = {
  services: Readonly<Record<string, ServiceSpec>>;
  mounts: readonly Mount[];
  /** Folders that come first on the search path. */
  path?: readonly string[];
  warm: readonly WarmProgram[];
  /** Programs that are kept warm for the partners of jobs. */
  warmPartners?: readonly WarmProgram[];
};
