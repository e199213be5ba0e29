import type { WireJob } from './wire-job.ts';
import type { WireResult } from './wire-result.ts';

/** A place where one job at a time runs, whatever kind of sandbox it is made of. */
export type Slot = {
  /** Makes the slot ready; rejects when this kind of slot cannot be had on this machine. */
  start(): Promise<void>;
  /** With `talk`, the lines of the exchange are followed by those that it gives. */
  run(job: WireJob, signal: AbortSignal, talk?: Talk): Promise<WireResult>;
  close(): Promise<void>;
};

/** The next line for a job, given its last reply; undefined ends the exchange. Rejects never. */
export type Talk = (reply: string) => Promise<string | undefined>;

/** Longest line of an exchange that a job may answer, in bytes. */
export const maxReplyBytes = 16 << 20;
