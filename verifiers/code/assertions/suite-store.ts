import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { cacheFolder } from '../../cache-folder.ts';
import { type BuildReply, buildReplySchema } from '../build.ts';

/** Of all compiled suites on disk; the oldest go first. */
const mostBytes = 512 << 20;

/** What compiling a suite gave. */
const storedSchema = z.strictObject({ made: buildReplySchema });

/**
 * The folder of compiled suites. It is none of those that sandboxes get to see: a suite holds the expected values of its
 * task.
 */
const folderOf = () => join(cacheFolder(), 'suites');

/** The name of what is made of these parts, and of nothing else. */
export function storeKey(...parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** A suite that was compiled before; undefined where there is none, or none that can be read. */
export async function loadSuite(key: string): Promise<BuildReply | undefined> {
  try {
    const text = gunzipSync(await readFile(join(folderOf(), `${key}.gz`))).toString();
    return storedSchema.parse(JSON.parse(text)).made;
  } catch {
    return undefined;
  }
}

/** Keeps a compiled suite. A folder that cannot be written costs time, and no verdict. */
export async function keepSuite(key: string, made: BuildReply): Promise<void> {
  const folder = folderOf();
  const draft = join(folder, `${key}-${randomUUID()}.draft`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(draft, gzipSync(JSON.stringify({ made })), { mode: 0o600 });
    await rename(draft, join(folder, `${key}.gz`));
    await dropOldest(folder);
  } catch {
    await rm(draft, { force: true }).catch(() => {});
  }
}

async function dropOldest(folder: string): Promise<void> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const { size, mtimeMs } = await stat(path);
      return { path, size, mtimeMs };
    }),
  );
  let kept = 0;
  for (const { path, size } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
    kept += size;
    if (kept > mostBytes) await rm(path, { force: true });
  }
}
