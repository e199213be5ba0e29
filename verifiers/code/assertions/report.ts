import { z } from 'zod';
import { remembered } from '../../remembered.ts';
import type { JobResult } from '../../sandbox/index.ts';

/** How the last line of a suite's driver starts; it is for the judge, and never goes to the candidate. */
export const reportStart = '{"report":';

const errorSchema = z.object({
  type: z.string(),
  message: z.string(),
  line: z.number().nullish(),
  /** The last request of the candidate within the test, and what it answered. */
  asked: z.string().nullish(),
  answered: z.string().nullish(),
});
export type SuiteError = z.infer<typeof errorSchema>;

const testSchema = z.object({ name: z.string(), passed: z.boolean(), error: errorSchema.nullish() });

const reportSchema = z.object({
  tests: z.array(testSchema),
  /** How many assertions ran, where they can be counted. */
  asserts: z.number().nullish(),
  /** Why the suite broke before the candidate had answered anything. */
  fault: errorSchema.nullish(),
});
/** What the driver of a suite reports when it is through. No candidate code runs where it is written. */
export type SuiteReport = z.infer<typeof reportSchema>;

/** The report of a suite; undefined when it ended without. */
export function reportOf({ replies }: JobResult): SuiteReport | undefined {
  const last = replies.at(-1);
  if (!last?.startsWith(reportStart)) return undefined;
  return readReport(last);
}

const readReport = remembered(1000, (line) => reportSchema.parse(JSON.parse(line).report));
