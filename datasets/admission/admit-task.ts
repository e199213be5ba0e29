import { findTools, toolVersions } from '../../verifiers/chip/icarus/tools.ts';
import { findOracle } from '../../verifiers/chip/reference.ts';
import { AssayError, asAssayError } from '../../verifiers/errors.ts';
import type { Sandbox } from '../../verifiers/sandbox/index.ts';
import { version } from '../../verifiers/version.ts';
import { taskSha256 } from '../task-sha256.ts';
import type { AdmissionTask } from './admission-task.ts';
import { judgeFor } from './candidates.ts';
import type { Certificate, Finding, Standing } from './certificate.ts';
import { judgeMutants, type MutantOptions } from './mutants.ts';
import { rules } from './rules.ts';

/** The share of mutants that must fail or be proved equivalent. */
const leastKilled = 0.95;

/** What a certificate of this task, made now, would hold for. */
export async function standingOf(task: AdmissionTask, sandbox: Sandbox): Promise<Standing> {
  const tools = toolVersions(await findTools(sandbox), { lint: true, proof: true });
  return { task: task.id, taskSha256: taskSha256(task), assay: version, tools };
}

/**
 * Proves that a task is fit to be used: its reference passes every check, also after synthesis, its outputs are known, designs without content
 * fail, nothing hangs on the values at power-up, and mutants of the reference fail. The first demand that is not met ends it.
 *
 * Throws what is the machine's fault; what is the task's own is a finding.
 */
export async function admitTask(task: AdmissionTask, options: MutantOptions): Promise<Certificate> {
  const { sandbox } = options;
  const standing = await standingOf(task, sandbox);
  const nothing = { judged: 0, failed: 0, equivalent: 0, survivors: [] };
  const findings = await findingsOf(task, options);
  const sound = findings.every(({ outcome }) => outcome !== 'fail');
  const mutants = sound ? await judgeMutants(task, options) : nothing;
  const all = sound ? [...findings, mutantFinding(mutants)] : findings;
  const admitted = all.every(({ outcome }) => outcome !== 'fail');
  return { schema: 1, ...standing, admitted, findings: all, mutants };
}

async function findingsOf(task: AdmissionTask, options: MutantOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    const oracle = await oracleOf(task, options);
    const context = { task, judge: judgeFor(task, options), oracle, ...options };
    for (const { name, find } of rules) {
      findings.push({ rule: name, ...(await find(context)) });
      if (findings.at(-1)?.outcome === 'fail') break;
    }
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (error.blame !== 'task') throw error;
    findings.push({ rule: 'reference', outcome: 'fail', message: error.message });
  }
  return findings;
}

async function oracleOf({ reference, verify: spec }: AdmissionTask, { sandbox, signal }: MutantOptions) {
  if (reference === '') throw new AssayError('TASK_REFERENCE_FAILED', 'the task has no reference');
  signal?.throwIfAborted();
  return findOracle({ reference, spec, seed: 0, sandbox, tools: await findTools(sandbox) });
}

function mutantFinding({ judged, failed, equivalent, survivors }: Certificate['mutants']): Finding {
  const rule = 'mutants';
  if (judged === 0) return { rule, outcome: 'fail', message: 'no mutant of the reference could be made' };
  const share = (failed + equivalent) / judged;
  const message = `of ${judged} mutants ${failed} fail, ${equivalent} are proved equivalent and ${survivors.length} survive`;
  return { rule, outcome: share >= leastKilled ? 'pass' : 'fail', message };
}
