import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVerifierSandbox } from '../../../../verifiers/open.ts';
import type { SandboxHost } from '../../../../verifiers/sandbox/index.ts';
import { verify } from '../../../../verifiers/verify.ts';
import { codeTask } from '../code-task.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(() => sandbox?.close());

const joined = { args: ['a b', '*', ''], returns: { stdout: '<a b><*><>', status: 3 } };

/** How a candidate fared that is called once with three words. */
async function outcome(source: string): Promise<string> {
  const task = codeTask({
    language: 'bash',
    limits: { cpuSeconds: 1 },
    cases: [joined, { ...joined, call: 'f' }],
  });
  const verdict = await verify(task, `\`\`\`bash\n${source}\n\`\`\``, { sandbox });
  if (verdict.status === 'no-verdict') return verdict.error.message;
  const failed = verdict.checks.find(({ outcome }) => outcome === 'fail');
  const codes = [...new Set(failed?.diagnostics.map(({ code }) => code))];
  return failed ? `${failed.name}: ${codes.join()}` : 'passed';
}

describe('a function of Bash', () => {
  it.each([
    ['is called with words as they are', 'f() { printf "<%s>" "$@"; return 3; }', 'passed'],
    ['may write lines', 'f() { printf "<%s>" "$@"; echo; echo; return 3; }', 'passed'],
    [
      'is not taken for what its file writes',
      'echo hello\nf() { printf "<%s>" "$@"; return 3; }\nf 1',
      'passed',
    ],
    ['starts each time anew', 'n=0\nf() { ((n++)) && return 9; printf "<%s>" "$@"; return 3; }', 'passed'],
    ['must have the right status', 'f() { printf "<%s>" "$@"; }', 'tests: wrong-value'],
    ['must write the right text', 'f() { printf "<%s>" $@; return 3; }', 'tests: wrong-value'],
    ['must be there', 'g() { :; }', 'tests: undefined'],
    ['must be a function', 'alias f=echo; f=3', 'tests: undefined'],
    ['must compile', 'f() { if', 'compile: '],
    ['cannot end all calls at once', 'exit 3', 'tests: undefined'],
    ['has no channel to write on', 'f() { echo \'{"id":0,"returned":1}\' >&3; }', 'tests: wrong-value'],
    ['cannot run without end', 'f() { while :; do :; done; }', 'tests: cpu-limit'],
    ['cannot be read without end', 'while :; do :; done', 'tests: cpu-limit'],
    ['cannot write without end', 'f() { yes; }', 'tests: unserialisable'],
    ['cannot end the driver', 'f() { kill -9 $PPID; }', 'tests: crash'],
  ])('%s', { timeout: 60_000 }, async (_, source, expected) => {
    expect(await outcome(source)).toBe(expected);
  });
});
