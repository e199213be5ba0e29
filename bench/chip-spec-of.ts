import type { Task } from '../datasets/task.ts';
import type { ChipSpec } from '../verifiers/chip/spec.ts';
import { designSpecOf } from '../verifiers/task.ts';

/** How the design is judged that a task asks for. */
export function chipSpecOf({ verify, id }: Pick<Task, 'verify' | 'id'>): ChipSpec {
  const spec = designSpecOf(verify);
  if (!spec) throw new Error(`${id} asks for no design`);
  return spec;
}
