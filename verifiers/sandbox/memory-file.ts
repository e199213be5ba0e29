import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AssayError } from '../errors.ts';

/** Opens a file with the given content that has no name any more, for a child to inherit; the caller closes it. */
export function nameless(folder: string, content: string | Uint8Array): number {
  const place = mkdtempSync(join(folder, 'file-'));
  const path = join(place, 'content');
  try {
    const writer = openSync(path, 'w');
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
      for (let at = 0; at < bytes.length; ) at += writeSync(writer, bytes, at);
    } finally {
      closeSync(writer);
    }
    chmodSync(path, 0o644);
    return openSync(path, 'r');
  } catch (error) {
    throw diskError(error, path);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** A failed write as the known error it is: a full disk is never the candidate's fault. */
export function diskError(error: unknown, path: string): AssayError {
  const full =
    error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  return full
    ? new AssayError('DISK_FULL', `no space left to write ${path} — free some, or set TMPDIR`, {
        cause: error,
      })
    : new AssayError('SANDBOX_FAULT', `cannot write ${path}`, { cause: error });
}
