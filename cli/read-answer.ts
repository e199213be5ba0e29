import { isUtf8 } from 'node:buffer';
import { AssayError } from '../verifiers/errors.ts';

const maxBytes = 16 * 2 ** 20;

/**
 * The text of an answer to be judged: a file, or standard input for `-`.
 *
 * Errors: `FILE_UNREADABLE` when it is not there, a folder, too large or not UTF-8.
 */
export async function readAnswer(path: string, signal: AbortSignal): Promise<string> {
  const { readText } = await import('../datasets/files/read-text.ts');
  return path === '-' ? readStdin(signal) : readText(path, maxBytes);
}

async function readStdin(signal: AbortSignal): Promise<string> {
  const { readInput } = await import('../datasets/files/read-input.ts');
  if (process.stdin.isTTY) process.stderr.write('reading the answer from the terminal, up to Ctrl-D\n');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of readInput('-', { signal })) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > maxBytes) throw unreadable(`has more than ${maxBytes / 2 ** 20} MiB — give one answer`);
  }
  const text = Buffer.concat(chunks);
  if (!isUtf8(text)) throw unreadable('is not UTF-8 text — give the answer as text');
  return text.toString('utf8');
}

function unreadable(what: string): AssayError {
  return new AssayError('FILE_UNREADABLE', `standard input ${what}`);
}
