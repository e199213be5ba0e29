import { z } from 'zod';
import { jsonIn } from '../../json-in.ts';
import type { Reported } from './reported.ts';

const schema = z.object({
  tests: z.array(
    z.object({
      name: z.string(),
      passed: z.boolean(),
      error: z.object({ type: z.string(), message: z.string() }).nullish(),
    }),
  ),
});

/** The tests of a report as the drivers of suites write it; none where it is no such report. */
export function readSuiteReport(text: string): Reported[] {
  const read = schema.safeParse(jsonIn(text));
  const tests = read.success ? read.data.tests : [];
  return tests.map(({ name, passed, error }) => ({
    name,
    outcome: passed ? 'passed' : 'failed',
    ...(error && { words: `${error.type}: ${error.message}` }),
  }));
}
