import type { ErrorCode } from '../errors.ts';
import type { Job, JobResult } from './job.ts';
import type { ServiceAnswer } from './sandbox.ts';

/** What a client asks of the launcher. `id` is the client's own. */
export type Request =
  | { id: number; op: 'run'; job: Job }
  | { id: number; op: 'ask'; service: string; question: string; deadlineMs: number }
  | { id: number; op: 'cancel' };

/** What the launcher answers, once for each request but `cancel`. */
export type Response =
  | { id: number; result: JobResult | ServiceAnswer }
  | { id: number; error: { code: ErrorCode; message: string } };

const headBytes = 4;

/** One message as a 4-byte big-endian length and JSON; byte arrays become `{ base64 }`. */
export function encodeFrame(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message, bytesToBase64), 'utf8');
  const frame = Buffer.allocUnsafe(headBytes + body.length);
  frame.writeUInt32BE(body.length, 0);
  body.copy(frame, headBytes);
  return frame;
}

function bytesToBase64(this: unknown, _key: string, value: unknown): unknown {
  // Buffer has a toJSON of its own, which has run by now.
  if (isSerialisedBuffer(value)) return { base64: Buffer.from(value.data).toString('base64') };
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
  return value;
}

function isSerialisedBuffer(value: unknown): value is { type: 'Buffer'; data: number[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'Buffer' &&
    'data' in value
  );
}

/**
 * Cuts a stream of bytes into frames of a head and a body. `sizeOf` reads the size of a whole frame from its head.
 * Pieces are joined only when a frame is complete, so that a large one costs linear time.
 */
export function createCutter(
  headSize: number,
  sizeOf: (head: Buffer) => number,
  onFrame: (frame: Buffer) => void,
): (chunk: Buffer) => void {
  let pieces: Buffer[] = [];
  let size = 0;
  let needed = headSize;
  return (chunk) => {
    pieces.push(chunk);
    size += chunk.length;
    if (size < needed) return;
    let buffered = pieces.length === 1 ? chunk : Buffer.concat(pieces);
    while (buffered.length >= headSize) {
      needed = sizeOf(buffered);
      if (buffered.length < needed) break;
      onFrame(buffered.subarray(0, needed));
      buffered = buffered.subarray(needed);
      needed = headSize;
    }
    pieces = buffered.length > 0 ? [buffered] : [];
    size = buffered.length;
  };
}

/** Cuts a stream into the messages that `encodeFrame` made. */
export function createFrameReader(onMessage: (message: unknown) => void): (chunk: Buffer) => void {
  return createCutter(
    headBytes,
    (head) => headBytes + head.readUInt32BE(0),
    (frame) => onMessage(JSON.parse(frame.toString('utf8', headBytes))),
  );
}
