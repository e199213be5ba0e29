import type { CheckResult } from '../../rubric.ts';
import type { Diagnostic } from '../../verdict.ts';
import { endingFault } from '../endings.ts';
import type { ChipSpec } from '../spec.ts';
import type { Token } from '../verilog/tokens.ts';
import { explainSyntaxErrors } from '../verilog/unsupported.ts';
import { comparePorts } from './elaborated-ports.ts';
import { type DesignRun, designFile } from './run-design.ts';

/** Judges how a design elaborated, alone, and whether its ports are those of the task. */
export function elaborate(run: DesignRun, spec: ChipSpec, tokens: Token[], version: string): CheckResult {
  const diagnostics = findings(run, spec, tokens, version);
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  return { name: 'elaborate', outcome: failed ? 'fail' : 'pass', score: failed ? 0 : 1, diagnostics };
}

function findings(run: DesignRun, spec: ChipSpec, tokens: Token[], version: string): Diagnostic[] {
  if (run.elaborated) {
    const differences = comparePorts(spec.top, spec.ports, run.ports ?? []);
    // Beside a design that elaborates, "sorry" and its like only tell that something was ignored; warnings are lint's.
    const ignored = run.diagnostics.filter(({ severity }) => severity === 'error' || spec.lint === 'off');
    return [...differences, ...ignored.map(asWarning), ...unconnected(run, differences)];
  }
  const file = designFile(spec);
  const explained = explainSyntaxErrors(run.diagnostics, tokens, version);
  const said = [...explained.map((found) => ({ ...found, file })), ...run.diagnostics];
  if (said.some(({ severity }) => severity === 'error')) return said;
  const silent: Diagnostic = { severity: 'error', message: 'the compiler gave no reason', code: 'crashed' };
  return [...said, compilerFault(run, spec) ?? silent];
}

/** A compiler that crashed says nothing about whether the design is right. */
function compilerFault({ ending }: DesignRun, spec: ChipSpec): Diagnostic | undefined {
  const fault = endingFault(ending, 'the compiler', spec.limits);
  return fault && (ending.by === 'signal' ? { ...fault, code: 'unsupported' } : fault);
}

const asWarning = (found: Diagnostic): Diagnostic => ({ ...found, severity: 'warning' });

/** A design that elaborates alone but not under the driver has ports that cannot be connected. */
function unconnected(run: DesignRun, differences: Diagnostic[]): Diagnostic[] {
  if (run.compiled || differences.length > 0) return [];
  return [
    { severity: 'error', message: 'the ports of the design cannot be connected by name', code: 'ports' },
  ];
}
