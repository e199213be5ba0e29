import type { WireValue } from '../../verifiers/code/shared-spec.ts';
import type { Task } from '../task.ts';
import { RowError } from './reading/row-error.ts';

/** The tests of a task as contests have them: texts in and out, and the function that is called, if any. */
export type PlainTests = { inputs: string[]; outputs: string[]; fn_name: string | null };

/**
 * The tests of a Python task in the form of contest sets. Throws a `RowError` for what that form has no word for, so
 * that no task is exported as another.
 */
export function plainTests(task: Task): PlainTests {
  const { verify } = task;
  if (verify.kind !== 'code') throw new RowError('designs have no tests of this form');
  if (verify.mode === 'program') {
    if (verify.cases.some(({ exitCode }) => exitCode !== 0)) throw new RowError('a test wants an exit code');
    return {
      inputs: verify.cases.map(({ stdin }) => stdin),
      outputs: verify.cases.map(({ stdout }) => stdout),
      fn_name: null,
    };
  }
  if (verify.mode !== 'calls') throw new RowError(`tests of the mode "${verify.mode}" have no such form`);
  const { entry, cases } = verify;
  for (const { kwargs, raises, argsAfter, call, take, helperCalls, steps } of cases) {
    const special = Object.entries({ kwargs, raises, argsAfter, call, take, helperCalls, steps }).find(
      ([, value]) => value !== undefined,
    );
    if (special) throw new RowError(`a test has "${special[0]}", which this form has no word for`);
  }
  return {
    inputs: cases.map(({ args = [] }) => args.map(jsonOf).join('\n')),
    outputs: cases.map(({ returns }) => jsonOf(returns ?? null)),
    fn_name: entry,
  };
}

/** A value as JSON that reads as the same value in Python; floats keep their point. */
function jsonOf(value: WireValue): string {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const [[tag, content] = ['', null], ...others] = Object.entries(value);
  if (others.length === 0 && tag.startsWith('$')) return taggedJson(tag, content);
  const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${jsonOf(item)}`);
  return `{${pairs.join(', ')}}`;
}

function taggedJson(tag: string, content: WireValue): string {
  if (tag === '$int' || (tag === '$float' && /\d/.test(String(content)))) return String(content);
  throw new RowError(`a value is written "${tag}", which JSON has no word for`);
}
