import type { Readable } from 'node:stream';
import type { Captured } from './job.ts';

/** The head of a stream, as it came, and the count of all its bytes. */
export type Output = { kept: Buffer; bytes: number };

/** Drains a stream, keeping its first `cap` bytes. `onFlood` is called once when it passes four times as much. */
export function capture(stream: Readable, cap: number, onFlood: () => void): () => Output {
  const pieces: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    if (bytes < cap) pieces.push(chunk.subarray(0, cap - bytes));
    const before = bytes;
    bytes += chunk.length;
    if (before <= 4 * cap && bytes > 4 * cap) onFlood();
  });
  stream.on('error', () => {});
  return () => ({ kept: Buffer.concat(pieces), bytes });
}

/** The head of a stream as text, with the count of all its bytes. */
export function captured(head: Buffer, bytes: number): Captured {
  return { text: head.toString('utf8'), bytes, truncated: bytes > head.length };
}
