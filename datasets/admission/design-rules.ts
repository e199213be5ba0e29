import { traceFields } from '../../verifiers/chip/comparison/compare.ts';
import { compareSynthesised } from '../../verifiers/chip/formal/synthesised.ts';
import { findTools } from '../../verifiers/chip/icarus/tools.ts';
import { withoutPowerUp } from '../../verifiers/chip/mutate/power-up.ts';
import type { Oracle } from '../../verifiers/chip/reference.ts';
import { sourceText } from '../../verifiers/chip/source.ts';
import { rowBytes } from '../../verifiers/chip/stimulus/plan.ts';
import { briefly, type DesignTask } from './admission-task.ts';
import { failureOf, type Judge, type JudgeOptions, judgeFor } from './candidates.ts';
import { fail, pass, type Rule, skip } from './findings.ts';
import { knownBy, proofOf } from './mutants.ts';
import { trivialDesigns } from './trivial.ts';

type DesignContext = JudgeOptions & { task: DesignTask; judge: Judge; oracle: Oracle };
type DesignRule = Rule<DesignContext>;

const seeds = [0, 1, 2];

const reference: DesignRule = {
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

const defined: DesignRule = {
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

const trivial: DesignRule = {
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

const powerUp: DesignRule = {
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

const synthesis: DesignRule = {
  name: 'synthesis',
  async find({ task, oracle, sandbox, signal }) {
    const tools = await findTools(sandbox);
    if (!tools.yosys) return skip('Yosys is not installed');
    const options = { sandbox, tools, spec: task.verify, ...(signal && { signal }) };
    const found = await compareSynthesised(task.reference, oracle, options);
    if (found.outcome === 'same') return pass('the reference does the same after synthesis');
    const message = `after synthesis the reference ${found.why}`;
    return found.outcome === 'differs' ? fail(message) : skip(message);
  },
};

/** A design to be mended, changed or finished must not pass as it is, and one to be made smaller must be right but large. */
const given: DesignRule = {
  name: 'given',
  async find({ task, sandbox, signal, judge }) {
    const { mode, given: source } = task.verify;
    if (!source || mode === 'completion') return pass('no whole design is given');
    const text = sourceText(source);
    const verdict = await judge(text);
    if (verdict.passed || verdict.reward > 0) return fail(`the given design earns ${verdict.reward}`);
    if (mode !== 'optimisation') return pass(`the given design ${failureOf(verdict)}`);
    const proof = await proofOf(text, task, { sandbox, ...(signal && { signal }) });
    return proof.outcome === 'proved'
      ? pass('the given design is proved equal to the reference, and too large to earn anything')
      : fail(`the given design is not proved equal to the reference: ${knownBy(proof)}`);
  },
};

/** Every demand on a task that asks for a design but that on mutants, in the order in which they are looked at. */
export const designRules: readonly DesignRule[] = [reference, synthesis, defined, trivial, powerUp, given];
