import type { JobResult } from './job.ts';
import type { WireJob } from './protocol.ts';

/** A place where one job at a time runs, whatever kind of sandbox it is made of. */
export type Slot = {
  /** Makes the slot ready; rejects when this kind of slot cannot be had on this machine. */
  start(): Promise<void>;
  run(job: WireJob, signal: AbortSignal): Promise<JobResult>;
  close(): Promise<void>;
};

/** Longest line of an exchange that a job may answer, in bytes. */
export const maxReplyBytes = 16 << 20;
