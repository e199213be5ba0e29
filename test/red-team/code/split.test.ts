import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVerifierSandbox } from '../../../verifiers/open.ts';
import { packageRoot } from '../../../verifiers/paths.ts';
import type { Job, Sandbox, SandboxHost } from '../../../verifiers/sandbox/index.ts';
import type { Verdict } from '../../../verifiers/verdict.ts';
import { verify } from '../../../verifiers/verify.ts';
import { codeTask } from '../../verifiers/code/code-task.ts';
import { attacks } from './suite.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 1 });
});
afterAll(() => sandbox?.close());

/** A view of a sandbox that keeps a copy of everything that is sent into it. */
function recording(inner: Sandbox): { sandbox: Sandbox; sent: string[] } {
  const sent: string[] = [];
  const text = (job: Job) =>
    JSON.stringify(job, (_key, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString() : value,
    );
  const view: Sandbox = {
    level: inner.level,
    run: (job, options) => {
      sent.push(text(job));
      return inner.run(job, options);
    },
    ask: (service, question, deadlineMs, options) => {
      sent.push(question);
      return inner.ask(service, question, deadlineMs, options);
    },
    close: async () => {},
  };
  return { sandbox: view, sent };
}

const evidenceOf = ({ checks }: Verdict): unknown => checks.at(-1)?.evidence;

const marker = 'EXPECTED-5d1f0c7ab92e4638';
/** Every place of a task in which something stands that only the judge may know. */
const secrets = {
  calls: {
    cases: [
      { args: [1], returns: marker },
      { args: [2], returns: { [`${marker}-key`]: [{ $tuple: [marker] }] } },
      { args: [3], raises: `${marker.replaceAll('-', '')}Error` },
      { args: [[4]], returns: null, argsAfter: [[marker]] },
    ],
  },
  steps: {
    helpers: { python: 'def g(x): return x', javascript: 'const g = (x) => x;' },
    cases: [
      {
        steps: [
          { call: 'f', args: [1], as: 'one', returns: marker },
          { on: 'one', call: 'g', args: [{ $handle: 'one' }], raises: `${marker.replaceAll('-', '')}Error` },
          { call: 'f', args: [{ $helper: 'g' }], take: 2, returns: [marker], helperCalls: [['g', marker]] },
          { call: 'f', args: [[4]], argsAfter: [[marker]] },
        ],
      },
    ],
  },
  program: { mode: 'program', cases: [{ stdin: '1', stdout: marker, exitCode: 0 }] },
};

const candidates = {
  python: { calls: 'def f(x): return x', program: 'print(input())' },
  javascript: { calls: 'function f(x) { return x; }', program: 'console.log(1)' },
  typescript: { calls: 'export function f(x: unknown): unknown { return x; }', program: 'console.log(1)' },
} as const;

const rows = (['python', 'javascript', 'typescript'] as const).flatMap((language) =>
  (['calls', 'steps', 'program'] as const).map((mode) => ({ language, mode })),
);

/** The secrets of a mode as fields of a task; helpers are no secret, and written in the language. */
function specOf(language: (typeof rows)[number]['language'], mode: keyof typeof secrets) {
  if (mode !== 'steps') return secrets[mode];
  const { helpers, cases } = secrets.steps;
  return { helpers: language === 'python' ? helpers.python : helpers.javascript, cases };
}

describe('the split', () => {
  it.each(rows)(
    'sends nothing that only the judge may know: $language, $mode',
    async ({ language, mode }) => {
      const { sandbox: view, sent } = recording(sandbox);
      const task = codeTask({ language, ...specOf(language, mode) }, { reference: `# ${marker}` });
      const verdict = await verify(task, candidates[language][mode === 'program' ? mode : 'calls'], {
        sandbox: view,
      });
      expect(verdict).toMatchObject({ status: 'scored', passed: false });
      expect(sent.length).toBeGreaterThan(0);
      for (const text of sent) expect(text).not.toContain(marker.replaceAll('-', '').slice(8));
      for (const text of sent) expect(text).not.toContain(marker.slice(9));
    },
  );

  it('holds also for what a policy may see of a failed check', async () => {
    const candidate = 'def f(x): raise type(f"Told{x}", (Exception,), {})(x)';
    const task = codeTask({ cases: [{ args: ['hidden-input'], returns: marker }] });
    const { checks } = await verify(task, candidate, { sandbox });
    const shown = JSON.stringify(checks.flatMap(({ diagnostics }) => diagnostics));
    expect(shown).toBe('[{"severity":"error","message":"case 1","code":"exception"}]');
    expect(JSON.stringify(checks)).toContain(marker);
  });

  it('leaves no file, process or memory of one candidate for the next', async () => {
    const folders = '("/work", "/tmp", "/dev/shm", "/run", "/opt/assay/drivers")';
    const leave = `import os
def f(x):
  for folder in ${folders}:
    try:
      with open(folder + "/left-behind", "w") as file: file.write("left")
    except OSError: pass
  import builtins, json, sys
  builtins.left = sys.left = json.left = "left"
  if os.fork() == 0:
    os.setsid()
    import time
    time.sleep(60)
  return x`;
    const look = `import builtins, glob, json, os, sys
def f(x):
  found = [folder for folder in ${folders} if os.path.exists(folder + "/left-behind")]
  found += [str(module) for module in (builtins, sys, json) if hasattr(module, "left")]
  return found + [len(glob.glob("/proc/[0-9]*"))]`;
    const task = codeTask({ cases: [{ args: [1], returns: 1 }] });
    const seen = async () => Object(evidenceOf(await verify(task, look, { sandbox }))).got;
    const before = await seen();
    expect(await verify(task, leave, { sandbox })).toMatchObject({ reward: 1 });
    expect(await seen()).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it('has no secrets in the files that stand inside the sandbox', () => {
    const texts = [
      ...['python.py', 'python_wire.py', 'python_objects.py', 'python_helpers.py', 'bash_calls.py'],
      ...['javascript.mjs', 'javascript-wire.mjs', 'javascript-objects.mjs', 'javascript-helpers.mjs'],
    ].map((name) => readFileSync(join(packageRoot, 'verifiers/code/drivers', name), 'utf8'));
    expect(texts.join()).not.toMatch(/EXPECTED|secret key|nonce/);
  });
});

describe('verdicts', () => {
  it('are the same for the same answer, every time', async () => {
    const some = attacks(
      /^(control-(py|js|ts)-(right|wrong)|py-0[123]|own-py-0[1-9]|py-38|js-0[1-4]|ts-01-any)$/,
    );
    const verdicts = async () =>
      Promise.all(
        some.map(async ({ task, candidate }) => {
          const { usage, ...rest } = await verify(task, candidate, { sandbox });
          return rest;
        }),
      );
    expect(await verdicts()).toEqual(await verdicts());
  });
});
