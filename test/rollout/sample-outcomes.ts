import type { Outcome } from '../../rollout/rollout-row.ts';

/** A passed rollout, but for what is changed. */
export function sampleOutcome(changes: Partial<Outcome> = {}): Outcome {
  return {
    id: 'sample/double:0:0',
    task: 'sample/double',
    environment: 'code-generation',
    try: 1,
    reward: 1,
    passed: true,
    failedCheck: null,
    blame: null,
    ...changes,
  };
}
