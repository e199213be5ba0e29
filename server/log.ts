import { destination, type Logger, pino } from 'pino';
import type { LogLevel } from './log-levels.ts';

/** Where the server says what it does: one JSON object a line on stderr, never with a candidate or a key. */
export type Log = Logger;

export function createLog(level: LogLevel): Log {
  return pino({ name: 'assay', level }, destination({ dest: 2, sync: true }));
}
