import { availableParallelism } from 'node:os';

/** Bounds of one server. Every one of them is answered with a status of its own when it is reached. */
export type ServerLimits = {
  /** Bytes of one request's body; more is 413. */
  bodyBytes: number;
  /** Time one request may take with its waiting; more is 503. */
  requestMs: number;
  /** Verifications and steps that run at one time. */
  concurrent: number;
  /** Verifications and steps that wait for their turn; more is 429. */
  queued: number;
  /** Episodes open at one time; more is 429. */
  episodes: number;
  /** Time after which an episode nobody uses is closed. */
  episodeIdleMs: number;
};

export const defaultLimits: ServerLimits = {
  bodyBytes: 4 * 2 ** 20,
  requestMs: 600_000,
  concurrent: 2 * availableParallelism(),
  queued: 256,
  episodes: 1024,
  episodeIdleMs: 900_000,
};
