import { type CheckResult, skipped } from '../../rubric.ts';
import type { Job, Sandbox } from '../../sandbox/index.ts';
import type { Diagnostic } from '../../verdict.ts';
import { endingFault } from '../endings.ts';
import { designFile } from '../icarus/run-design.ts';
import type { ChipTools } from '../icarus/tools.ts';
import type { ChipSpec } from '../spec.ts';
import { type Finding, joined, scoreOf, told } from './findings.ts';
import { icarusFindings } from './icarus-warnings.ts';
import { readVerilatorMessages } from './verilator-messages.ts';

const maxDiagnostics = 40;
const languages = { verilog: '1364-2005', systemverilog: '1800-2017' } as const;

export type LintOptions = { sandbox: Sandbox; tools: ChipTools; spec: ChipSpec; signal?: AbortSignal };

/**
 * Lints the canonical text of a design: what Verilator finds, and beside it what Icarus `said` with all its warnings on,
 * both by the table of `codes.ts`. Where the task only wants a report the check passes whatever is found; else an
 * error fails it. Each other finding takes what it costs off the score.
 */
export async function lint(
  text: string,
  said: () => Promise<readonly Diagnostic[]>,
  { sandbox, tools, spec, signal }: LintOptions,
): Promise<CheckResult> {
  const linter = tools.verilator;
  const [own, beside] = await Promise.all([
    linter && sandbox.run(lintJob(linter.program, text, spec), { ...(signal && { signal }) }),
    said().then(icarusFindings),
  ]);
  if (!own) return withoutLinter(beside);
  const findings = joined(readVerilatorMessages(own.stderr.text), beside);
  const stopped = own.ending.by === 'exit' ? undefined : endingFault(own.ending, 'the linter', spec.limits);
  // A linter that crashed says nothing about the design; one that found no end was given too much.
  if (stopped)
    findings.unshift({ standing: own.ending.by === 'signal' ? 'tool' : 'error', diagnostic: stopped });
  const failed = findings.some(({ standing }) => standing === 'error');
  return {
    name: 'lint',
    outcome: failed && spec.lint !== 'report' ? 'fail' : 'pass',
    score: scoreOf(findings),
    diagnostics: told(findings).slice(0, maxDiagnostics),
  };
}

function lintJob(program: string, text: string, spec: ChipSpec): Job {
  const file = designFile(spec);
  const flags = ['--lint-only', '-Wall', '-Wno-fatal', '--top-module', spec.top];
  const values = Object.entries(spec.parameters).map(([name, value]) => `-G${name}=${value}`);
  return {
    argv: [program, ...flags, ...values, '--language', languages[spec.language], file],
    files: [{ path: file, content: text }],
    limits: {
      cpuMs: spec.limits.cpuSeconds * 1000,
      memoryBytes: spec.limits.memoryMiB << 20,
      processes: 8,
      diskBytes: 16 << 20,
      outputBytes: 256 << 10,
    },
  };
}

/** What Icarus alone found is told, but earns or costs nothing: with the linter it would have been more. */
function withoutLinter(findings: readonly Finding[]): CheckResult {
  const nothing = skipped('lint', 'Verilator is not installed, so the design was not linted');
  return { ...nothing, diagnostics: [...nothing.diagnostics, ...told(findings)].slice(0, maxDiagnostics) };
}
