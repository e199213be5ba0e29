import type { Task } from '../datasets/task.ts';

/** A text as a fenced block; the fence is longer than any run of backticks inside. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n?$/, '\n')}${fence}\n`;
}

/** A candidate of a task as a policy would answer with it: in a fence, or as it is where it has fences of its own. */
export function answerOf({ verify }: Pick<Task, 'verify'>, candidate: string): string {
  return verify.mode === 'repository' ? candidate : fenced(verify.language, candidate);
}
