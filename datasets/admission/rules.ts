import { traceFields } from '../../verifiers/chip/comparison/compare.ts';
import { compareSynthesised } from '../../verifiers/chip/formal/synthesised.ts';
import { findTools } from '../../verifiers/chip/icarus/tools.ts';
import { withoutPowerUp } from '../../verifiers/chip/mutate/power-up.ts';
import type { Oracle } from '../../verifiers/chip/reference.ts';
import { rowBytes } from '../../verifiers/chip/stimulus/plan.ts';
import { type AdmissionTask, briefly } from './admission-task.ts';
import { failureOf, type Judge, type JudgeOptions, judgeFor } from './candidates.ts';
import type { Finding } from './certificate.ts';
import { trivialDesigns } from './trivial.ts';

export type RuleContext = JudgeOptions & { task: AdmissionTask; judge: Judge; oracle: Oracle };

/** One demand on a task: what was found, as a sentence. */
export type Rule = {
  name: string;
  find(context: RuleContext): Promise<Omit<Finding, 'rule'>>;
};

const seeds = [0, 1, 2];

const reference: Rule = {
  name: 'reference',
  async find({ task, judge }) {
    for (const seed of seeds) {
      const verdict = await judge(task.reference, seed);
      if (!verdict.passed) return fail(`the reference ${failureOf(verdict)} (seed ${seed})`);
      const skipped = verdict.checks.filter(({ outcome }) => outcome === 'skipped');
      if (seed === seeds.at(-1)) return pass(`the reference passes ${namesOf(verdict.checks, skipped)}`);
    }
    return pass('');
  },
};

function namesOf(checks: { name: string }[], skipped: { name: string }[]): string {
  const ran = checks.filter((check) => !skipped.includes(check)).map(({ name }) => name);
  const rest = skipped.length > 0 ? `; skipped: ${skipped.map(({ name }) => name).join(', ')}` : '';
  return `${ran.join(', ')}${rest}`;
}

/** The least share of an output's bits that must be known once the first reset is over. */
const leastDefined = 0.9;

const defined: Rule = {
  name: 'defined',
  async find({ oracle }) {
    const shares = definedShares(oracle);
    const [least] = [...shares].sort((left, right) => left.share - right.share);
    const text = `${least?.output} is known in ${((least?.share ?? 0) * 100).toFixed(1)} % of its bits`;
    return (least?.share ?? 0) >= leastDefined
      ? pass(`the least known output, ${text}`)
      : fail(`after reset ${text}`);
  },
};

function definedShares({ plan, trace }: Oracle): { output: string; share: number }[] {
  const start = plan.parts.find(({ name }) => name !== 'reset')?.from ?? 0;
  const rows = plan.rows.length - start;
  const stride = rowBytes(plan);
  return traceFields(plan).outputs.map(({ port, from, to }) => {
    let unknown = 0;
    for (let row = start; row < plan.rows.length; row += 1)
      for (let at = from; at < to; at += 1) if (trace[row * stride + at] === 'x') unknown += 1;
    return { output: port.name, share: 1 - unknown / Math.max(1, rows * (to - from)) };
  });
}

const trivial: Rule = {
  name: 'trivial',
  async find({ task, oracle, ...options }) {
    const judge = judgeFor(briefly(task), options);
    const designs = trivialDesigns(task.verify, oracle);
    for (const { name, text } of designs) {
      if ((await judge(text)).passed) return fail(`a design passes in which ${name}`);
    }
    return pass(`${designs.length} designs without content fail`);
  },
};

const powerUp: Rule = {
  name: 'power-up',
  async find({ task, judge }) {
    const stripped = withoutPowerUp(task.reference);
    if (stripped === task.reference) return pass('the reference sets nothing at power-up');
    const verdict = await judge(stripped);
    return verdict.passed
      ? pass('the reference passes without what it sets at power-up')
      : fail(`without what it sets at power-up, the reference ${failureOf(verdict)}`);
  },
};

const synthesis: Rule = {
  name: 'synthesis',
  async find({ task, oracle, sandbox, signal }) {
    const tools = await findTools(sandbox);
    if (!tools.yosys) return { outcome: 'skipped', message: 'Yosys is not installed' };
    const options = { sandbox, tools, spec: task.verify, ...(signal && { signal }) };
    const found = await compareSynthesised(task.reference, oracle, options);
    if (found.outcome === 'same') return pass('the reference does the same after synthesis');
    const message = `after synthesis the reference ${found.why}`;
    return found.outcome === 'differs' ? fail(message) : { outcome: 'skipped', message };
  },
};

const pass = (message: string) => ({ outcome: 'pass' as const, message });
const fail = (message: string) => ({ outcome: 'fail' as const, message });

/** Every demand but that on mutants, in the order in which they are looked at. */
export const rules: readonly Rule[] = [reference, synthesis, defined, trivial, powerUp];
