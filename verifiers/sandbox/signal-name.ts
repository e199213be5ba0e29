import { constants } from 'node:os';

/** `SIGKILL` for 9. */
export function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `signal ${number}`;
}
