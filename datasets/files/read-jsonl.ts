import { createReadStream } from 'node:fs';
import { AssayError } from '../../verifiers/errors.ts';
import { fileError } from './file-error.ts';
import { readLines } from './read-lines.ts';

/**
 * Streams the rows of a JSONL file that we wrote, with their line numbers; a file that does not exist has none. Open
 * its `JsonlAppender` before, so that a torn last line is gone.
 *
 * Errors: `FILE_UNREADABLE` naming the line that is no JSON, for the file was changed by another hand.
 *
 * @example
 * for await (const { value } of readJsonl(join(out, 'rollouts.jsonl'))) done.add(rowSchema.parse(value).id);
 */
export async function* readJsonl(
  path: string,
  options: { maxBytes?: number } = {},
): AsyncGenerator<{ line: number; value: unknown }> {
  try {
    for await (const line of readLines(createReadStream(path), options)) {
      if ('fault' in line) throw damaged(path, line.number);
      yield { line: line.number, value: parseRow(path, line.number, line.text) };
    }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw fileError(path, thrown);
  }
}

function parseRow(path: string, line: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(path, line);
  }
}

function damaged(path: string, line: number): AssayError {
  const remedy = 'restore the file, or start over with --fresh';
  return new AssayError('FILE_UNREADABLE', `${path}:${line}: this line is not a row of ours — ${remedy}`);
}
