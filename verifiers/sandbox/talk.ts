import type { Slot, Talk } from './slot.ts';
import type { WireJob, WirePartner } from './wire-job.ts';
import type { WireResult } from './wire-result.ts';

/**
 * Runs a job with its partner, each in a slot of its own, and passes their lines on. Either ends the talk by ending;
 * what is left of the other then ends by itself or by its limits.
 */
export async function runPair(
  job: WireJob,
  partner: WirePartner,
  slot: Slot,
  partnerSlot: Slot,
  signal: AbortSignal,
): Promise<WireResult> {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const talk = createTalk(partner);
  const attempt = async (run: Promise<WireResult>, end: () => void) => {
    try {
      return await run;
    } catch (error) {
      stop.abort(); // a fault of the one leaves nothing to judge of the other
      throw error;
    } finally {
      end();
    }
  };
  const [result, partnerResult] = await settledAll([
    attempt(slot.run(job, both, talk.job), talk.jobEnded),
    attempt(partnerSlot.run(partner, both, talk.partner), talk.partnerEnded),
  ]);
  return { ...result, partner: partnerResult };
}

/** Waits for both, so that no slot is given away under a job; the first fault counts, not the cancelling it caused. */
async function settledAll(
  runs: [Promise<WireResult>, Promise<WireResult>],
): Promise<[WireResult, WireResult]> {
  const faults: unknown[] = [];
  for (const run of runs) run.catch((error: unknown) => faults.push(error));
  const [first, second] = await Promise.allSettled(runs);
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value];
  throw faults[0];
}

/** A place for one line at a time, between the side that puts it and the side that waits for it. */
function createPost(): { put(line: string): void; take(): Promise<string | undefined>; close(): void } {
  let line: string | undefined;
  let closed = false;
  let taker: ((line: string | undefined) => void) | undefined;
  const hand = () => {
    if (!taker || (line === undefined && !closed)) return;
    taker(line);
    [taker, line] = [undefined, undefined];
  };
  return {
    put(text) {
      line = text;
      hand();
    },
    take: () =>
      new Promise((resolve) => {
        taker = resolve;
        hand();
      }),
    close() {
      closed = true;
      hand();
    },
  };
}

function createTalk({ last, gone }: WirePartner) {
  const [toJob, toPartner] = [createPost(), createPost()];
  let hasBegun = false;
  const job: Talk = (reply) => {
    if (hasBegun) toPartner.put(reply);
    hasBegun = true;
    return toJob.take();
  };
  const partner: Talk = async (reply) => {
    if (reply.startsWith(last)) {
      toJob.close();
      return undefined;
    }
    toJob.put(reply);
    return toPartner.take();
  };
  return {
    job,
    partner,
    jobEnded() {
      toPartner.put(gone);
      toPartner.close();
    },
    partnerEnded: toJob.close,
  };
}
