import { z } from 'zod';
import { taskFileSchema } from './task.ts';

/** The JSON Schema of `task.yaml`, for editors. `datasets/task.schema.json` is what `assay tasks schema` prints. */
export function taskJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(taskFileSchema, { io: 'input' });
  return { $schema, title: 'A task of Assay', ...schema };
}
