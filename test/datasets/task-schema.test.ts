import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { taskJsonSchema } from '../../datasets/task-schema.ts';
import { packageRoot } from '../../verifiers/paths.ts';

test('the published JSON Schema is that of the code (if not: assay tasks schema > datasets/task.schema.json)', () => {
  const published = JSON.parse(readFileSync(join(packageRoot, 'datasets/task.schema.json'), 'utf8'));
  expect(published).toEqual(taskJsonSchema());
});
