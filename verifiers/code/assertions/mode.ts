import type { Mode } from '../mode.ts';
import { judgeSuite } from './judge-suite.ts';
import { runBeside, runNothing } from './run-beside.ts';
import { runSuite } from './run-suite.ts';
import type { AssertionsSpec } from './spec.ts';

/** Each name that a suite could mean a function of the candidate by; the checker takes those that there are. */
function namesIn(text: string): string[] {
  return (text.match(/[A-Za-z_$][\w$]*/g) ?? []).filter((name) => !reserved.has(name));
}

/** Words that are no names in JavaScript, nor in the modules of which it is made. */
const reserved = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends
  false finally for function if implements import in instanceof interface let new null package private protected
  public return static super switch this throw true try typeof var void while with yield`.split(/\s+/),
);

/**
 * Suites of assertions: they run in a sandbox of their own, and ask the candidate's for what they need of it. Those that
 * cannot run in the candidate's, guarded.
 */
export const assertionsMode: Mode<AssertionsSpec> = {
  calledNames: ({ entry, suite }) => [...new Set([...(entry ? [entry] : []), ...namesIn(suite.text)])],
  testNames: () => ['suite'],
  isolation: ({ suite }) => (suite.shared ? 'shared' : 'split'),
  runFirst: (input, program) => {
    const { spec, sandbox, signal } = input;
    return spec.suite.shared
      ? runNothing(input, program)
      : runSuite(spec, program, sandbox, signal ? { signal } : {});
  },
  judgeTests: async (input, program, first) => {
    const { spec } = input;
    return spec.suite.shared ? runBeside(input, spec.suite.shared, program) : judgeSuite(spec, first);
  },
};
