import type { CallReply } from '../replies.ts';
import type { Step } from './spec.ts';

/** Replies up to this length are read whatever was expected. */
const alwaysRead = 64 << 10;
/** A right answer can be longer than the expected one: in its floats, or by repeats where these do not count. */
const longerAtMost = 32;

/**
 * The reply that stands for one which is far longer than any right one could be. It is not read, so that what a
 * candidate can cost this process is bounded by what its task expects; undefined for all others.
 */
export function oversizedReply(line: string, id: number, test: Step): CallReply | undefined {
  if (line.length <= alwaysRead) return undefined;
  const expected = JSON.stringify([test.returns ?? null, test.argsAfter ?? null]).length;
  if (line.length <= alwaysRead + longerAtMost * expected) return undefined;
  return { id, unserialisable: `its text of ${line.length} characters is far longer than any right one` };
}
