import { type CheckResult, skipped } from '../../rubric.ts';
import { type Diagnostic, sha256 } from '../../verdict.ts';
import { compareSamples } from '../comparison/compare.ts';
import { type RunOptions, runDesign } from '../icarus/run-design.ts';
import { keepResults } from '../kept-results.ts';
import type { Oracle } from '../reference.ts';
import { untilCancelled } from '../shared-work.ts';
import type { ChipSpec } from '../spec.ts';
import { preprocess } from '../verilog/preprocess.ts';
import { netlistSpec } from './netlist.ts';
import { type Synthesis, synthesise } from './synthesis.ts';
import type { YosysContext } from './yosys.ts';

export type QualityOptions = Omit<RunOptions, 'plan'> & { reference: string; oracle: Oracle };

/** CPU time of each run of Yosys. */
const cpuSeconds = 5;

const kept = keepResults<{ found: Synthesis | undefined }>(
  32 << 20,
  ({ found }) => 1024 + (found?.verilog.length ?? 0),
);

/**
 * Holds the size of a design that was simulated right against that of the reference, both synthesised alone. Only gates
 * that do in simulation what the reference does have a size that counts; `score` is the quality, from 0 to 1.
 */
export async function quality(text: string, options: QualityOptions): Promise<CheckResult> {
  const { sandbox, tools, spec, signal, reference, oracle } = options;
  const { yosys } = tools;
  if (!yosys) return skipped('quality', 'Yosys is not installed, so nothing was synthesised');
  const context: YosysContext = { sandbox, yosys, cpuSeconds };
  const key = sha256(JSON.stringify([reference, spec.top, spec.parameters, spec.language, yosys.version]));
  const canonical = preprocess(reference).design?.text ?? '';
  const making = kept(key, async () => ({ found: await synthesise(canonical, spec, context) }));
  const { found: theirs } = await untilCancelled(making, signal);
  if (!theirs)
    return skipped('quality', 'the reference cannot be synthesised, so there is nothing to hold against');
  const ours = await synthesise(text, spec, { ...context, ...(signal && { signal }) });
  if (!ours) return poor('the design cannot be synthesised into gates', 'not-synthesisable');
  const { plan, trace } = oracle;
  const run = await runDesign(ours.verilog, {
    sandbox,
    tools,
    spec: netlistSpec(spec),
    plan,
    ...(signal && { signal }),
  });
  const isSame = run.trace.length === trace.length && compareSamples(plan, trace, run.trace).wrongRows === 0;
  if (!isSame) return poor('its gates do something else than the design', 'gates-differ');
  return judged(ours, theirs, spec);
}

function judged(ours: Synthesis, theirs: Synthesis, { quality: asked }: ChipSpec): CheckResult {
  const extra = ours.latches - theirs.latches;
  const ratio = ours.area / Math.max(theirs.area, 1);
  const score = extra > 0 ? 0 : qualityOf(ratio, asked);
  const latches: Diagnostic[] =
    extra > 0 ? [{ severity: 'warning', message: `it has ${extra} latches too many`, code: 'latches' }] : [];
  const numbers = ({ area, flops, latches, depth }: Synthesis) => ({
    area: round(area),
    flops,
    latches,
    depth,
  });
  const evidence = { ratio: round(ratio), design: numbers(ours), reference: numbers(theirs) };
  return { name: 'quality', outcome: 'pass', score, diagnostics: latches, evidence };
}

const round = (number: number) => Math.round(number * 1000) / 1000;

/** 1 where the ratio of sizes is at most `full`, 0 from `none` on, and between them by their ratio. */
export function qualityOf(
  ratio: number,
  { full, none }: { full: number; none: number } = { full: 1, none: 2 },
): number {
  if (ratio <= full) return 1;
  return ratio >= none ? 0 : Math.log(none / ratio) / Math.log(none / full);
}

const poor = (message: string, code: string): CheckResult => ({
  name: 'quality',
  outcome: 'pass',
  score: 0,
  diagnostics: [{ severity: 'warning', message, code }],
});
