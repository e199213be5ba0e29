/** A test as a report tells of it. One that was skipped has not passed, and neither has one that is still to be done. */
export type Reported = { name: string; outcome: 'passed' | 'failed' | 'skipped'; words?: string };
