import { open, rename } from 'node:fs/promises';
import { fileError } from './file-error.ts';

/** Writes a small JSON file whole or not at all: a reader never sees a part of it, whenever we are killed. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  const draft = `${path}.new`;
  try {
    const file = await open(draft, 'w');
    try {
      await file.writeFile(`${JSON.stringify(value, null, 2)}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (thrown) {
    throw fileError(path, thrown);
  }
}
