import { caseName } from '../case-result.ts';
import type { Mode } from '../mode.ts';
import { askedOf } from './questions.ts';
import { judgeCalls, runCalls } from './run-calls.ts';
import type { CallsSpec, Step } from './spec.ts';

/** What a step may name of the candidate; a name that it has not is found to be missing when it is asked for. */
const namesIn = ({ on, new: made, call }: Step): string[] =>
  on === undefined ? [made ?? call ?? []].flat() : [on];

/** Calls of functions with values: all of them go through one job. */
export const callsMode: Mode<CallsSpec> = {
  calledNames: (spec) => [...new Set([spec.entry, ...askedOf(spec).flatMap(({ step }) => namesIn(step))])],
  testNames: ({ cases }) => cases.map(caseName),
  runFirst: ({ spec, sandbox, signal }, program) =>
    runCalls(spec, program, sandbox, signal ? { signal } : {}),
  judgeTests: async ({ spec }, _program, first) => judgeCalls(spec, first),
};
