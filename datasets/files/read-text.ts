import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { AssayError } from '../../verifiers/errors.ts';
import { fileError } from './file-error.ts';

/**
 * The whole of a regular UTF-8 file, without its byte order mark.
 *
 * Errors: `FILE_UNREADABLE` when there is no such file, or it is a folder, larger than `maxBytes`, or not UTF-8.
 */
export async function readText(path: string, maxBytes: number): Promise<string> {
  const bytes = await readBounded(path, maxBytes);
  if (isUtf8(bytes)) return bytes.toString('utf8').replace(/^\uFEFF/, '');
  throw new AssayError('FILE_UNREADABLE', `${path} is not UTF-8 text — save it as UTF-8`);
}

async function readBounded(path: string, maxBytes: number): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const stat = await file.stat();
      if (stat.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
      if (!stat.isFile())
        throw new AssayError('FILE_UNREADABLE', `${path} is not a regular file — name a file`);
      if (stat.size > maxBytes) throw tooLarge(path, stat.size, maxBytes);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw fileError(path, thrown);
  }
}

function tooLarge(path: string, bytes: number, maxBytes: number): AssayError {
  const inMiB = (count: number) => `${(count / 2 ** 20).toFixed(1)} MiB`;
  const limit = `the limit is ${inMiB(maxBytes)}`;
  return new AssayError('FILE_UNREADABLE', `${path} has ${inMiB(bytes)} — ${limit}`);
}
