import { createHash } from 'node:crypto';
import { readInput } from '../files/read-input.ts';

/** An input as `run.json` records it: what it is, and how many lines it has. Standard input is not known before. */
export type InputRecord = { path: string; sha256?: string; lines?: number };

const newline = 0x0a;

/** Reads a file once before the job, so that a damaged or another input is refused before anything is judged. */
export async function surveyInput(path: string, signal?: AbortSignal): Promise<InputRecord> {
  if (path === '-') return { path };
  const hash = createHash('sha256');
  const options = { onBytes: (bytes: Uint8Array) => void hash.update(bytes), ...(signal && { signal }) };
  let lines = 0;
  let last: number | undefined = newline;
  for await (const chunk of readInput(path, options)) {
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, at + 1)) lines += 1;
    last = chunk.at(-1);
  }
  if (last !== newline) lines += 1;
  return { path, sha256: hash.digest('hex'), lines };
}
