import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { jsonIn } from '../../verifiers/json-in.ts';
import { makeFolder } from '../files/make-folder.ts';
import { readText } from '../files/read-text.ts';
import { writeJson } from '../files/write-json.ts';
import { taskFileName } from '../loading/task-files.ts';
import type { Task } from '../task.ts';

/** What was shown of a task, rule by rule. */
const findingSchema = z.strictObject({
  rule: z.string(),
  outcome: z.enum(['pass', 'fail', 'skipped']),
  message: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

/** A mutant of the reference that the task's own stimulus does not tell from it, and what is known of it. */
const survivorSchema = z.strictObject({
  operator: z.string(),
  line: z.number(),
  column: z.number(),
  fault: z.string(),
  /** What more seeds and a proof have to say of it. */
  known: z.string(),
});
export type Survivor = z.infer<typeof survivorSchema>;

const mutantsSchema = z.strictObject({
  judged: z.number(),
  failed: z.number(),
  equivalent: z.number(),
  survivors: z.array(survivorSchema),
});
export type MutantsFound = z.infer<typeof mutantsSchema>;

const certificateSchema = z.strictObject({
  schema: z.literal(2),
  task: z.string(),
  contentSha256: z.string(),
  assay: z.string(),
  tools: z.array(z.strictObject({ name: z.string(), version: z.string() })),
  admitted: z.boolean(),
  findings: z.array(findingSchema),
  mutants: mutantsSchema,
  /** Instances of a task with parameters that were asked the same, with fewer mutants. */
  instances: z.array(z.strictObject({ task: z.string(), admitted: z.boolean(), mutants: mutantsSchema })),
});

/** The proof that a task was fit to be used, for the task and the tools it names. */
export type Certificate = z.infer<typeof certificateSchema>;

/** What a certificate holds for: any change of it makes the certificate stale. */
export type Standing = Pick<Certificate, 'task' | 'contentSha256' | 'assay' | 'tools'>;

/**
 * Where the certificate of a task lies: beside its `task.yaml`, as `admission.json` or `admission@7.json`; in `folder` for
 * a task that was read from elsewhere.
 */
export function certificatePath(task: Pick<Task, 'id' | 'origin'>, folder: string): string {
  const [, instance = ''] = /(@\d+)$/.exec(task.id) ?? [];
  if (basename(task.origin) === taskFileName)
    return resolve(dirname(task.origin), `admission${instance}.json`);
  return join(resolve(folder), `${task.id.replace(/[^\w.@-]+/g, '_')}.json`);
}

/** The certificate at a path, if there is one that can be read. */
export async function readCertificate(path: string): Promise<Certificate | undefined> {
  const text = await readText(path, 1 << 20).catch(() => undefined);
  if (text === undefined) return undefined;
  return certificateSchema.safeParse(jsonIn(text)).data;
}

export async function writeCertificate(path: string, certificate: Certificate): Promise<void> {
  await makeFolder(dirname(path));
  await writeJson(path, certificate);
}

/** Whether a certificate speaks of this task, these tools and at least so many instances. */
export function isFresh(certificate: Certificate | undefined, standing: Standing, instances = 0): boolean {
  if (!certificate || certificate.instances.length < instances) return false;
  const { task, contentSha256, assay, tools } = certificate;
  return JSON.stringify({ task, contentSha256, assay, tools }) === JSON.stringify(standing);
}
