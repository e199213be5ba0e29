import { captured, type Output } from './capture.ts';
import type { JobResult } from './job.ts';
import type { Packer } from './packer.ts';
import type { Unpacker } from './unpacker.ts';

/** What came of a job, its streams as they came; each of the lines in `replies` with its end. */
export type WireResult = Pick<JobResult, 'ending' | 'usage'> & {
  stdout: Output;
  stderr: Output;
  replies: Buffer;
  partner?: WireResult;
};

/** A result without its streams. */
export type ResultHead = Pick<JobResult, 'ending' | 'usage'> & {
  bytes: [stdout: number, stderr: number];
  partner?: ResultHead;
};

export function headOfResult({ ending, usage, stdout, stderr, partner }: WireResult): ResultHead {
  const head: ResultHead = { ending, usage, bytes: [stdout.bytes, stderr.bytes] };
  return partner ? { ...head, partner: headOfResult(partner) } : head;
}

export function packStreams(packer: Packer, { stdout, stderr, replies, partner }: WireResult): void {
  for (const content of [stdout.kept, stderr.kept, replies]) packer.text(content);
  if (partner) packStreams(packer, partner);
}

export function unpackResult({ ending, usage, bytes, partner }: ResultHead, unpacker: Unpacker): WireResult {
  const result = {
    ending,
    usage,
    stdout: { kept: unpacker.text(), bytes: bytes[0] },
    stderr: { kept: unpacker.text(), bytes: bytes[1] },
    replies: unpacker.text(),
  };
  return partner ? { ...result, partner: unpackResult(partner, unpacker) } : result;
}

export function readResult({ ending, stdout, stderr, replies, usage, partner }: WireResult): JobResult {
  const result = {
    ending,
    stdout: captured(stdout.kept, stdout.bytes),
    stderr: captured(stderr.kept, stderr.bytes),
    replies: replies.toString('utf8').split('\n').slice(0, -1),
    usage,
  };
  return partner ? { ...result, partner: readResult(partner) } : result;
}
