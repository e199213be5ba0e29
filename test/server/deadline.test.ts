import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { underDeadline } from '../../server/deadline.ts';
import { Problem } from '../../server/problem.ts';
import { AssayError } from '../../verifiers/errors.ts';

const long = 600_000;

/** Works until it is cancelled. */
async function untilCancelled(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw new AssayError('CANCELLED', 'cancelled');
}

describe('work under a deadline', () => {
  it('answers what it answers', async () => {
    expect(await underDeadline({ timeoutMs: long, until: [] }, async () => 'done')).toBe('done');
  });

  it('is told that it timed out', async () => {
    const work = underDeadline({ timeoutMs: 1, until: [] }, untilCancelled);
    await expect(work).rejects.toMatchObject({ name: 'Problem', code: 'TIMED_OUT' });
  });

  it.each([
    ['before it starts', (controller: AbortController, reason: Problem) => controller.abort(reason)],
    [
      'while it runs',
      (controller: AbortController, reason: Problem) => void setImmediate(() => controller.abort(reason)),
    ],
  ])('is told why it was ended %s', async (_, end) => {
    const controller = new AbortController();
    const reason = new Problem('STOPPING', 'the server is stopping');
    end(controller, reason);
    const work = underDeadline({ timeoutMs: long, until: [controller.signal] }, untilCancelled);
    await expect(work).rejects.toBe(reason);
  });

  it('is cancelled without a problem when its client has gone', async () => {
    const client = new AbortController();
    const work = underDeadline({ timeoutMs: long, until: [client.signal] }, untilCancelled);
    client.abort();
    await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('keeps an error of its own, also after it was ended', async () => {
    const client = new AbortController();
    const broken = async () => {
      client.abort(new Problem('STOPPING', ''));
      throw new TypeError('broken');
    };
    await expect(underDeadline({ timeoutMs: long, until: [client.signal] }, broken)).rejects.toThrow(
      'broken',
    );
  });
});
