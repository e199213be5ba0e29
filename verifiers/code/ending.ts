import type { Ending, JobResult } from '../sandbox/index.ts';

/**
 * Why a job came to no good end: `code` is from a fixed list, so that a policy may see it; `text` is for people and
 * may hold what the candidate chose, such as its exit code.
 */
export type Reason = { code: string; text: string };

const limits: Readonly<Record<Exclude<Ending['by'], 'exit' | 'signal'>, string>> = {
  'cpu-limit': 'ran out of CPU time',
  'wall-limit': 'ran out of wall time',
  'memory-limit': 'ran out of memory',
  'output-limit': 'wrote too much output',
  protocol: 'wrote a forged line on the answer channel',
};

/** What a job did in the end, as a reason for a check to fail. */
export function describeEnding(ending: Ending): Reason {
  if (ending.by === 'exit') return { code: 'exit', text: `exited with code ${ending.code}` };
  if (ending.by === 'signal') return { code: 'crash', text: `was ended by ${ending.signal}` };
  return { code: ending.by, text: limits[ending.by] };
}

/** The head of what a job wrote, short enough for evidence; undefined when it wrote nothing. */
export function head({ text }: JobResult['stdout'], length = 2000): string | undefined {
  if (text === '') return undefined;
  return text.length > length ? `${text.slice(0, length)}...` : text;
}
