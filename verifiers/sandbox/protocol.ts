import type { ErrorCode } from '../errors.ts';
import type { Lease, Returned } from './lease.ts';
import { Packer } from './packer.ts';
import type { ServiceAnswer } from './sandbox.ts';
import { Unpacker } from './unpacker.ts';
import type { JobHead, PartnerHead } from './wire-job.ts';
import type { ResultHead } from './wire-result.ts';

/**
 * What a client asks of the launcher. `id` is the client's own. After it come, as texts, the contents of the job and of
 * its partner, or the question.
 */
export type Request =
  | { id: number; op: 'run'; job: JobHead; partner?: PartnerHead }
  | { id: number; op: 'ask'; service: string; deadlineMs: number }
  | { id: number; op: 'cancel' }
  /** Asks for a slot, which the client gives back by the same id. */
  | { id: number; op: 'borrow' }
  | { id: number; op: 'return'; returned: Returned };

/** What the launcher answers, once for each request but `cancel` and `return`. After it come the streams of the result. */
export type Response =
  | { id: number; result: ResultHead }
  | { id: number; lease: Lease }
  | { id: number; answer: ServiceAnswer }
  | { id: number; error: { code: ErrorCode; message: string } };

/** The launcher asks for a slot that it lent, or is about to lend. */
export type Recall = { id: number; recalled: true };

/** What the launcher says first on each connection, before any answer. */
export const greeting = Buffer.of(0);

const sizeBytes = 4;

/** One message: its size, its head as JSON, and what `packBody` adds. */
export function packMessage(head: Request | Response | Recall, packBody?: (packer: Packer) => void): Buffer {
  const packer = new Packer();
  const start = packer.reserve();
  packer.text(JSON.stringify(head));
  packBody?.(packer);
  packer.fill(start);
  return packer.done();
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

/** Cuts a stream into the messages that `packMessage` made. */
export function createMessageReader(
  onMessage: (head: unknown, body: Unpacker) => void,
): (chunk: Buffer) => void {
  return createCutter(
    sizeBytes,
    (start) => sizeBytes + start.readUInt32LE(0),
    (frame) => {
      const unpacker = new Unpacker(frame);
      unpacker.number();
      onMessage(JSON.parse(unpacker.text().toString('utf8')), unpacker);
    },
  );
}
