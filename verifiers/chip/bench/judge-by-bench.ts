import { AssayError } from '../../errors.ts';
import type { JudgeInput, Judgement } from '../../judge.ts';
import { type CheckRun, type Rubric, runRubric, score, withOverrides } from '../../rubric.ts';
import type { Sandbox } from '../../sandbox/index.ts';
import { sha256 } from '../../verdict.ts';
import { compileAlone } from '../icarus/compile-alone.ts';
import { findTools, toolVersions } from '../icarus/tools.ts';
import { keepResults } from '../kept-results.ts';
import { lint } from '../lint/lint.ts';
import type { ChipSpec, Port } from '../spec.ts';
import { gate } from '../verilog/gate.ts';
import { headerPorts } from '../verilog/header-ports.ts';
import { tokenize } from '../verilog/tokens.ts';
import { benchDesign, wholeDesign } from '../whole-design.ts';
import { benchTools } from './find-cocotb.ts';
import { runOn } from './run-on.ts';
import type { BenchSpec } from './spec.ts';
import { theirs } from './theirs.ts';

function defaultRubric(spec: ChipSpec): Rubric {
  return {
    gate: { weight: 0, gate: true },
    ...(spec.lint !== 'off' && { lint: { weight: 0, gate: spec.lint === 'gate' } }),
    theirs: { weight: 1, gate: true },
  };
}

/**
 * Judges a design of a task without a reference by the task's own bench, since nothing else tells what is right. The
 * gate keeps out what could forge its outcome, and a bench that passes a design without content gives no verdict.
 */
export async function judgeByBench(input: JudgeInput<ChipSpec>, bench: BenchSpec): Promise<Judgement> {
  const { spec, sandbox, task, signal } = input;
  const tools = await findTools(sandbox);
  const candidate = benchDesign(input.candidate, spec);
  const ports = spec.ports.length > 0 ? spec.ports : headerPorts(tokenize(candidate), spec.top);
  await requireTeeth(bench, ports, { sandbox, spec });
  const rubric = withOverrides(defaultRubric(spec), task.rubric);
  const { diagnostics, design } = gate(wholeDesign(input.candidate, spec).text, spec);
  const shown = design?.text ?? candidate;
  const context = { sandbox, tools, spec, ...(signal && { signal }) };
  const runs: Record<string, CheckRun> = {
    gate: async () => {
      const refused = diagnostics.length > 0;
      return { name: 'gate', outcome: refused ? 'fail' : 'pass', score: refused ? 0 : 1, diagnostics };
    },
    lint: () => lint(shown, () => compileAlone(shown, context), context),
    theirs: () => theirs({ sandbox, spec, bench, reference: '', candidate, signal }),
  };
  const checks = await runRubric(rubric, runs);
  return {
    checks,
    ...score(rubric, checks),
    isolation: 'shared',
    strength: 'directed',
    tools: [
      ...toolVersions(tools, { lint: spec.lint !== 'off', proof: false }),
      ...(await benchTools(bench, sandbox)),
    ],
  };
}

const teeth = keepResults<void>(1 << 20, () => 256);

/** Throws `TASK_REFERENCE_FAILED` where a bench passes a design that does nothing; asked once for a bench and its ports. */
function requireTeeth(
  bench: BenchSpec,
  ports: readonly Port[],
  { sandbox, spec }: { sandbox: Sandbox; spec: ChipSpec },
): Promise<void> {
  return teeth(sha256(JSON.stringify([bench, ports, spec.top])), async () => {
    const design = hollowDesign(spec.top, ports);
    const { passed } = await runOn(bench, { sandbox, spec, design, reference: '', outputBytes: 1 << 20 });
    if (!passed) return;
    throw new AssayError(
      'TASK_REFERENCE_FAILED',
      'the bench of the task passes a design whose outputs are all 0, so it tells nothing; give the task a reference or a better bench',
    );
  });
}

function hollowDesign(top: string, ports: readonly Port[]): string {
  const list = ports.map(({ name, direction, width }) => `${direction} [${width - 1}:0] ${name}`);
  const outputs = ports.filter(({ direction }) => direction === 'output');
  const zeros = outputs.map(({ name }) => `  assign ${name} = 0;\n`);
  return `module ${top}(${list.join(', ')});\n${zeros.join('')}endmodule\n`;
}
