import { createHash } from 'node:crypto';

/** One episode to be played. */
export type PlannedRollout = {
  /** Stable: made of task, seed and group index, so that a resumed run names it the same. */
  id: string;
  task: string;
  /** Which rollout of the task's group, from 0. */
  groupIndex: number;
  /** Decides what the verifier draws at random; the whole group shares it and so faces the same stimulus. */
  seed: number;
  /** Decides the policy's sampling, and differs for each rollout. */
  samplingSeed: number;
};

/**
 * Every rollout of a run, in the order in which they are started. A group stays together, so that what the verifier
 * prepares for a task is still at hand.
 */
export function planRollouts(
  tasks: readonly string[],
  { group, seed }: { group: number; seed: number },
): PlannedRollout[] {
  return tasks.flatMap((task) =>
    Array.from({ length: group }, (_, groupIndex) => {
      const id = `${task}:${seed}:${groupIndex}`;
      return { id, task, groupIndex, seed, samplingSeed: samplingSeed(id) };
    }),
  );
}

/** What is left of a plan when the rollouts in `done` have been recorded. */
export function remaining(plan: readonly PlannedRollout[], done: ReadonlySet<string>): PlannedRollout[] {
  return plan.filter(({ id }) => !done.has(id));
}

/** 31 bits: servers read it as a signed integer. */
function samplingSeed(id: string): number {
  return createHash('sha256').update(id).digest().readUInt32BE(0) >>> 1;
}
