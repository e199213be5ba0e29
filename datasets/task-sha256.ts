import { sha256 } from '../verifiers/verdict.ts';
import type { Task } from './task.ts';

/** What a task is, whatever place it was read from: equal for two loads that would judge and prompt alike. */
export function taskSha256(task: Task): string {
  const { origin: _, ...content } = task;
  return sha256(JSON.stringify(content));
}
