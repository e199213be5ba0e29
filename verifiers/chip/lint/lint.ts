import { type CheckResult, skipped } from '../../rubric.ts';
import type { Sandbox } from '../../sandbox/index.ts';
import { endingFault } from '../endings.ts';
import { designFile } from '../icarus/run-design.ts';
import type { ChipTools } from '../icarus/tools.ts';
import type { ChipSpec } from '../spec.ts';
import { readVerilatorMessages } from './verilator-messages.ts';

const maxDiagnostics = 40;
const languages = { verilog: '1364-2005', systemverilog: '1800-2017' } as const;

export type LintOptions = { sandbox: Sandbox; tools: ChipTools; spec: ChipSpec; signal?: AbortSignal };

/**
 * Lints the canonical text of a design. Where the task only wants a report the check passes whatever is found; else an
 * error fails it, and each other finding that counts takes a tenth off its score.
 */
export async function lint(
  text: string,
  { sandbox, tools, spec, signal }: LintOptions,
): Promise<CheckResult> {
  const linter = tools.verilator;
  if (!linter) return skipped('lint', 'Verilator is not installed, so the design was not linted');
  const file = designFile(spec);
  const flags = ['--lint-only', '-Wall', '-Wno-fatal', '--top-module', spec.top];
  const values = Object.entries(spec.parameters).map(([name, value]) => `-G${name}=${value}`);
  const { ending, stderr } = await sandbox.run(
    {
      argv: [linter.program, ...flags, ...values, '--language', languages[spec.language], file],
      files: [{ path: file, content: text }],
      limits: {
        cpuMs: spec.limits.cpuSeconds * 1000,
        memoryBytes: spec.limits.memoryMiB << 20,
        processes: 8,
        diskBytes: 16 << 20,
        outputBytes: 256 << 10,
      },
    },
    { ...(signal && { signal }) },
  );
  const { errors, counted } = readVerilatorMessages(stderr.text);
  const stopped = ending.by === 'exit' ? undefined : endingFault(ending, 'the linter', spec.limits);
  if (stopped) errors.unshift(stopped);
  const failed = errors.length > 0;
  const passes = !failed || spec.lint === 'report';
  return {
    name: 'lint',
    outcome: passes ? 'pass' : 'fail',
    score: failed ? 0 : Math.max(0, 1 - counted.length / 10),
    diagnostics: [...errors, ...counted].slice(0, maxDiagnostics),
  };
}
