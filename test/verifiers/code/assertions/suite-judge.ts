import { expect } from 'vitest';
import { languageOf } from '../../../../verifiers/code/languages/index.ts';
import { toolchainOf } from '../../../../verifiers/code/languages/toolchain.ts';
import { openVerifierSandbox } from '../../../../verifiers/open.ts';
import type { Sandbox } from '../../../../verifiers/sandbox/index.ts';
import { verify } from '../../../../verifiers/verify.ts';
import { codeTask } from '../code-task.ts';

export type Suite = {
  text: string;
  framework?: string;
  headers?: string[];
  signatures?: Record<string, unknown>;
  modules?: string[];
};

/** Opens a sandbox and makes what a language needs once on a machine, which may take a minute on a busy one. */
export async function openPrepared(...names: string[]): Promise<Sandbox> {
  const sandbox = await openVerifierSandbox({ slots: 2 });
  for (const name of names) await toolchainOf(languageOf(name), sandbox);
  return sandbox;
}

/** Long enough for `openPrepared`. */
export const preparingMs = 300_000;

/**
 * Judges candidates of one language by suites: empty when they pass; else what failed, with its reason and line, or why
 * there is no verdict.
 */
export function suiteJudge(language: string, sandbox: () => Sandbox) {
  return async (
    candidate: string,
    { text, framework = 'main', modules, ...more }: Suite,
  ): Promise<string> => {
    const suite = { framework, text, ...(modules && { modules }) };
    const task = codeTask({ language, mode: 'assertions', entry: undefined, suite, ...more });
    const verdict = await verify(task, `\`\`\`${language}\n${candidate}\n\`\`\``, { sandbox: sandbox() });
    if (verdict.status === 'no-verdict') return `${verdict.error.code}: ${verdict.error.message}`;
    expect(verdict.isolation).toBe('split');
    const { name, outcome, diagnostics, evidence } =
      verdict.checks.findLast((check) => check.outcome !== 'skipped') ?? expect.fail('no check ran');
    expect(verdict.passed).toBe(name === 'tests' && outcome === 'pass');
    if (verdict.passed) return '';
    if (name !== 'tests') return `${name} failed: ${diagnostics[0]?.message}`;
    const { reason, line } = evidence as { reason?: string; line?: number };
    return `${diagnostics[0]?.message}: ${diagnostics[0]?.code}: ${reason}${line ? ` (${line})` : ''}`;
  };
}
