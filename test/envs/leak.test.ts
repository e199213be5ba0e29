import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadTasks } from '../../datasets/load.ts';
import type { Task } from '../../datasets/task.ts';
import { createEnvironment, hiddenValues } from '../../envs/index.ts';
import { openVerifierSandbox } from '../../verifiers/open.ts';
import type { SandboxHost } from '../../verifiers/sandbox/index.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox();
});
afterAll(() => sandbox.close());

/** Candidates that shout whatever they are given: as output, as message and as name of an error. */
const shouting: Record<string, (entry: string) => string> = {
  'python calls': (entry) => `
import sys
def ${entry}(*args, **kwargs):
    seen = repr((args, kwargs))
    print(seen)
    print(seen, file=sys.stderr)
    raise type(seen, (Exception,), {})(seen)
`,
  'python program': () => `
import sys
seen = sys.stdin.read()
print(seen, file=sys.stderr)
raise type(seen, (Exception,), {})(seen)
`,
  'javascript calls': (entry) => `
export function ${entry}(...args) {
  const seen = JSON.stringify(args, (_, value) => (typeof value === 'bigint' ? String(value) : value));
  console.log(seen);
  console.error(seen);
  const error = new Error(seen);
  error.name = seen;
  throw error;
}
`,
  'javascript program': () => `
import { readFileSync } from 'node:fs';
const seen = readFileSync(0, 'utf8');
console.error(seen);
const error = new Error(seen);
error.name = seen;
throw error;
`,
};

function shout({ verify }: Task): string[] {
  if (verify.kind === 'chip') return [];
  const language = verify.language === 'python' ? 'python' : 'javascript';
  const entry = verify.mode === 'calls' ? verify.entry : '';
  return [shouting[`${language} ${verify.mode}`]?.(entry) ?? ''];
}

/** What the policy is told after an answer that failed. */
async function told(task: Task, completion: string): Promise<string> {
  const environment = createEnvironment({ tasks: [task], sandbox, turns: 2 });
  await environment.reset({ task: task.id });
  const { observation, terminated } = await environment.step({ completion });
  return terminated ? '' : (observation.messages.at(-1)?.content ?? '');
}

test('nothing that a policy is told of a failed answer holds an input, an expected value or the reference', async () => {
  let failed = 0;
  for (const task of await loadTasks('all')) {
    const hidden = hiddenValues(task);
    for (const answer of [...shout(task), ...task.mutants.slice(0, 2).map(({ text }) => text)]) {
      const feedback = await told(task, answer);
      if (feedback) failed++;
      const leaked = hidden.filter((value) => feedback.includes(value) && !answer.includes(value));
      expect({ task: task.id, leaked }).toEqual({ task: task.id, leaked: [] });
    }
  }
  expect(failed).toBeGreaterThan(50);
}, 300_000);
