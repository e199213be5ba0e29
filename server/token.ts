import { readFile } from 'node:fs/promises';
import { AssayError } from '../verifiers/errors.ts';

const leastLength = 16;

/**
 * The token that requests must carry: out of `file`, else out of the environment variable `ASSAY_TOKEN`, else none.
 * There is no option that takes the token itself, since every user of a machine can read its command lines.
 *
 * Errors: `FILE_UNREADABLE`; `USAGE` for a token that is too short or has white space in it.
 */
export async function readToken(file: string | undefined): Promise<string | undefined> {
  const source = file ?? 'ASSAY_TOKEN';
  const text = file === undefined ? process.env.ASSAY_TOKEN : await readText(file);
  const token = text?.trim();
  if (token === undefined) return undefined;
  if (token.length >= leastLength && /^\S+$/.test(token)) return token;
  throw new AssayError(
    'USAGE',
    `the token in ${source} needs at least ${leastLength} characters and no white space; ` +
      'make one with "openssl rand -hex 32"',
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError('FILE_UNREADABLE', `cannot read --token-file: ${reason}`, { cause });
  }
}
