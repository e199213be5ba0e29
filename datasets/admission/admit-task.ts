import { findTools, toolVersions } from '../../verifiers/chip/icarus/tools.ts';
import { asAssayError } from '../../verifiers/errors.ts';
import type { Sandbox } from '../../verifiers/sandbox/index.ts';
import { version } from '../../verifiers/version.ts';
import type { AdmissionTask, DesignTask, EquivalenceTask, TestbenchTask } from './admission-task.ts';
import { designFindings, designTrial } from './admit-design.ts';
import { equivalenceFindings } from './admit-equivalence.ts';
import { testbenchFindings, testbenchTrial } from './admit-testbench.ts';
import type { Certificate, Finding, MutantsFound, Standing } from './certificate.ts';
import { contentSha256 } from './content-sha256.ts';
import { isMet } from './findings.ts';
import { judgeMutants, type MutantOptions, mutantFinding } from './mutants.ts';

export type AdmitOptions = MutantOptions & {
  /** Instances of the task that are asked the same, each with a fifth of the mutants. */
  instances?: readonly AdmissionTask[];
};

/** What a certificate of this task, made now, would hold for. */
export async function standingOf(task: AdmissionTask, sandbox: Sandbox): Promise<Standing> {
  const tools = toolVersions(await findTools(sandbox), { lint: true, proof: true });
  return { task: task.id, contentSha256: await contentSha256(task), assay: version, tools };
}

/**
 * Proves that a task is fit to be used: its reference passes every check, answers without content fail, whatever is said
 * to be equal is proved so, and mutants fail. The first demand that is not met ends it; so does an instance that does not
 * meet them.
 *
 * Throws what is the machine's fault; what is the task's own is a finding.
 */
export async function admitTask(task: AdmissionTask, options: AdmitOptions): Promise<Certificate> {
  const { instances = [], mutants: most, ...rest } = options;
  const standing = await standingOf(task, options.sandbox);
  const asked = await ask(task, options);
  const certificate = { schema: 2 as const, ...standing, ...asked };
  const found: Certificate['instances'] = [];
  for (const instance of asked.admitted ? instances : []) {
    const { findings, ...shown } = await ask(instance, { ...rest, mutants: Math.ceil(most / 5) });
    found.push({ task: instance.id, ...shown });
    if (shown.admitted) continue;
    const why = findings.find((finding) => !isMet(finding));
    const finding: Finding = {
      rule: 'instances',
      outcome: 'fail',
      message: `${instance.id}: ${why?.rule}: ${why?.message}`,
    };
    return { ...certificate, admitted: false, findings: [...asked.findings, finding], instances: found };
  }
  return { ...certificate, instances: found };
}

type Asked = Pick<Certificate, 'admitted' | 'findings' | 'mutants'>;

async function ask(task: AdmissionTask, options: MutantOptions): Promise<Asked> {
  const none: MutantsFound = { judged: 0, failed: 0, equivalent: 0, survivors: [] };
  try {
    const findings = await findingsOf(task, options);
    const trial = findings.every(isMet) ? trialOf(task, options) : undefined;
    if (!trial) return { admitted: findings.every(isMet), findings, mutants: none };
    const mutants = await judgeMutants(trial, options.mutants);
    const all = [...findings, mutantFinding(mutants)];
    return { admitted: all.every(isMet), findings: all, mutants };
  } catch (thrown) {
    const error = asAssayError(thrown);
    if (error.blame !== 'task') throw error;
    const finding: Finding = { rule: 'reference', outcome: 'fail', message: error.message };
    return { admitted: false, findings: [finding], mutants: none };
  }
}

function findingsOf(task: AdmissionTask, options: MutantOptions): Promise<Finding[]> {
  if (isTestbench(task)) return testbenchFindings(task, options);
  return isEquivalence(task)
    ? equivalenceFindings(task, options)
    : designFindings(task as DesignTask, options);
}

/** What mutants are held against; nothing where the answer is about designs that are given. */
function trialOf(task: AdmissionTask, options: MutantOptions) {
  if (isEquivalence(task)) return undefined;
  return isTestbench(task) ? testbenchTrial(task, options) : designTrial(task as DesignTask, options);
}

const isTestbench = (task: AdmissionTask): task is TestbenchTask => task.verify.mode === 'testbench';
const isEquivalence = (task: AdmissionTask): task is EquivalenceTask => task.verify.mode === 'equivalence';
