import { expect, test } from 'vitest';
import { certificatePath, readCertificate } from '../../datasets/admission/certificate.ts';
import { contentSha256 } from '../../datasets/admission/content-sha256.ts';
import { loadTasks } from '../../datasets/load.ts';
import type { Task } from '../../datasets/task.ts';

const tasks = await loadTasks('chip/*');

/** What is wrong with the certificate of a task; its remedy is to prove the task again. */
async function faultOf(task: Task): Promise<string | undefined> {
  const certificate = await readCertificate(certificatePath(task, 'none'));
  if (!certificate) return `${task.id} has no certificate — assay tasks admit ${task.id}`;
  if (certificate.task !== task.id) return `the certificate of ${task.id} is that of ${certificate.task}`;
  if (!certificate.admitted) return `${task.id} is not admitted`;
  if (certificate.contentSha256 !== (await contentSha256(task)))
    return `${task.id} was changed after it was admitted — assay tasks admit ${task.id}`;
  const least = task.parameters ? 2 : 0;
  return certificate.instances.length < least ? `too few instances of ${task.id} were asked` : undefined;
}

test('every shipped chip task has a certificate that speaks of its present files and instances', async () => {
  const faults = await Promise.all(tasks.map(faultOf));
  expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
});

test('at most one mutant in twenty of an admitted task is neither told from it nor proved equal', async () => {
  for (const task of tasks.filter(({ verify }) => verify.mode !== 'equivalence')) {
    const certificate = await readCertificate(certificatePath(task, 'none'));
    const { judged = 0, survivors = [] } = certificate?.mutants ?? {};
    expect([task.id, judged > 0, survivors.length <= judged / 20]).toEqual([task.id, true, true]);
  }
});
