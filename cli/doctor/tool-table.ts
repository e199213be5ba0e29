import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../verifiers/paths.ts';

const toolSchema = z.object({
  name: z.string(),
  command: z.string(),
  /** The arguments that make the command print its version. */
  version: z.array(z.string()),
  minimum: z.string(),
  for: z.string(),
  /** Only some tasks need it. */
  optional: z.boolean().default(false),
  /** The package that holds it, by package manager. */
  packages: z.record(z.string(), z.string()),
});
export type SystemTool = z.infer<typeof toolSchema>;

const managerSchema = z.object({ name: z.string(), command: z.string(), install: z.string() });
export type PackageManager = z.infer<typeof managerSchema>;

const tableSchema = z.object({ tools: z.array(toolSchema), managers: z.array(managerSchema) });
export type ToolTable = z.infer<typeof tableSchema>;

/** The programs that Assay needs of the system, and how they are installed. The set-up reads the same table. */
export async function readToolTable(): Promise<ToolTable> {
  return tableSchema.parse(JSON.parse(await readFile(join(packageRoot, 'scripts', 'tools.json'), 'utf8')));
}
