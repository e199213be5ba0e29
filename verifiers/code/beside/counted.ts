import { type CaseResult, failed } from '../case-result.ts';

/**
 * The results of the tests that a task lists, in its order: one that did not run, or ran twice, has failed. What else
 * was reported has failed too, for a change may take no test away by bringing others. Programs list theirs as cases.
 */
export function counted(names: readonly string[], results: readonly CaseResult[]): CaseResult[] {
  if (names.length === 0) return [...results];
  const listed = names.map((name) => resultOf(name, results));
  const others = results.filter(({ name }) => !names.includes(name)).slice(0, mostOthers);
  return [...listed, ...others.map((result) => (result.passed ? failed(result.name, unlisted) : result))];
}

function resultOf(name: string, results: readonly CaseResult[]): CaseResult {
  const [first, ...more] = results.filter((result) => result.name === name);
  if (!first) return failed(name, { code: 'not-run', text: 'did not run' });
  return more.length === 0 ? first : failed(name, { code: 'repeated', text: `ran ${more.length + 1} times` });
}

/** A candidate can have as many reported as it likes. */
const mostOthers = 20;

const unlisted = { code: 'unlisted', text: 'is none of the tests that the task lists' };
