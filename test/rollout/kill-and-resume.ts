import { appendFileSync, statSync, truncateSync } from 'node:fs';
import { assay, untilRows, wholeRows } from './assay-process.ts';

/**
 * Starts `assay rollout` and kills it without warning, over and over, until it comes to its end: each time once
 * `rowsUntilKill` more rows stand in the file. Answers how often it was killed.
 */
export async function killAndResume(
  args: string[],
  rollouts: string,
  rowsUntilKill: () => number,
): Promise<number> {
  for (let kills = 0; ; kills++) {
    const child = assay(['rollout', ...args]);
    const reached = await untilRows(rollouts, wholeRows(rollouts).length + rowsUntilKill(), child);
    if (reached) child.kill('SIGKILL');
    const { exitCode, stderr } = await child;
    if (exitCode === 0) return kills;
    if (!reached) throw new Error(`it ended with ${exitCode}: ${stderr}`);
    tearLastRow(rollouts, kills);
  }
}

/** Leaves half of a row behind, as a kill in the middle of a write does; or a row without its newline. */
function tearLastRow(rollouts: string, kills: number): void {
  if (kills % 2 === 0) appendFileSync(rollouts, '{"id":"python/cascade-bins:0:0","task":"pyth');
  else truncateSync(rollouts, statSync(rollouts).size - 1);
}
