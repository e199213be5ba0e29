/** Bounds of one job. All of them are enforced from outside the candidate's reach. */
export type Limits = {
  /** CPU time of all processes of the job together. */
  cpuMs: number;
  /** Time not spent waiting for a CPU. Default: max(3 x cpuMs, cpuMs + 2000). */
  wallMs?: number;
  memoryBytes: number;
  processes: number;
  /** Size of one file, and of all files together. */
  diskBytes: number;
  /** Bytes kept of each of stdout and stderr; a job that writes four times as much is killed. */
  outputBytes: number;
};

/** A file of a job. `path` is relative to the working folder and has no `..`. */
export type JobFile = { path: string; content: string | Uint8Array };

/**
 * One run of one program in a fresh sandbox. The program sees the toolchain read-only, `/work` with `files` in
 * it as its working folder, an empty `/tmp`, no network and no other process.
 */
export type Job = {
  argv: readonly string[];
  files?: readonly JobFile[];
  /** The whole of standard input; absent means empty. */
  stdin?: string | Uint8Array;
  /**
   * Lines written one by one to file descriptor 3; the next is sent when the reply to the one before has come
   * back on the same descriptor as one line. Lines hold no newline; the launcher adds it.
   */
  exchange?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Whether `stdout` is what the program writes to descriptor 9; what it prints then goes to standard error. */
  product?: boolean;
  /**
   * Set for a native program that many jobs start, by its path: slots keep it loaded where they can, with the libraries
   * that it loads as it runs.
   */
  tool?: { libraries: readonly string[] };
  limits: Limits;
  /**
   * A second job, in a sandbox of its own, that speaks with this one once the lines of both `exchange`s are answered:
   * its reply to the last of them is sent to this job, the reply to that is sent to the partner, and so on.
   */
  partner?: Partner;
};

/**
 * A job that leads the talk with another. A line of it that starts with `last` ends the talk and is not passed on. When
 * the other job ends before that, it is sent the line `gone`.
 */
export type Partner = Omit<Job, 'partner' | 'exchange'> & {
  exchange: readonly string[];
  last: string;
  gone: string;
};

/** Where the program of a job with a product writes that, for programs that want a path. */
export const productPath = '/proc/self/fd/9';

/** The end of a job. Everything but `exited` is something the job did; a fault of ours is thrown instead. */
export type Ending =
  | { by: 'exit'; code: number }
  | { by: 'signal'; signal: string }
  | { by: 'cpu-limit' | 'wall-limit' | 'memory-limit' | 'output-limit' }
  /** It sent a line before it was asked, or a line that is too long. */
  | { by: 'protocol' };

/** What was captured of a stream: its head, and the count of all its bytes. */
export type Captured = { text: string; bytes: number; truncated: boolean };

export type JobResult = {
  ending: Ending;
  stdout: Captured;
  stderr: Captured;
  /** One line for each line that was sent and answered, in order, without its newline. */
  replies: string[];
  /** What became of the job's partner. */
  partner?: JobResult;
  usage: { cpuMs: number; wallMs: number; peakMemoryBytes: number };
};
