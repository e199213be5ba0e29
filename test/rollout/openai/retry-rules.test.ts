import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterWait, nextWait, noTries, parseRetryAfter } from '../../../rollout/openai/retry-rules.ts';

const kinds = ['unreachable', 'server-error', 'aborted', 'back-pressure', 'final'] as const;

test('waits double, spread by jitter; where the server asks for a time, it gets it', () => {
  const once = afterWait(noTries, 'unreachable', 200);
  const limits = { jitter: 0, maxWaitMs: 10_000 };
  expect(nextWait({ kind: 'unreachable' }, noTries, limits)).toBe(100);
  expect(nextWait({ kind: 'unreachable' }, once, limits)).toBe(200);
  expect(nextWait({ kind: 'unreachable' }, once, { ...limits, jitter: 0.5 })).toBe(300);
  expect(nextWait({ kind: 'back-pressure', retryAfterMs: 7000 }, once, limits)).toBe(7000);
});

test('whatever fails in whatever order, the tries end and the waits stay inside their bound', () => {
  const failures = fc.array(fc.record({ kind: fc.constantFrom(...kinds), retryAfterMs: fc.nat(5000) }), {
    minLength: 200,
    maxLength: 200,
  });
  fc.assert(
    fc.property(failures, fc.double({ min: 0, max: 0.99, noNaN: true }), (list, jitter) => {
      let history = noTries;
      for (const failure of list) {
        const wait = nextWait(failure, history, { jitter, maxWaitMs: 20_000 });
        if (wait === undefined) break;
        history = afterWait(history, failure.kind, wait);
      }
      expect(history.waitedMs).toBeLessThanOrEqual(20_000);
      expect(Object.values(history.tries).reduce((a, b) => a + b)).toBeLessThan(100);
    }),
  );
});

test('Retry-After is read as seconds or as a date, and nothing else', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(parseRetryAfter('2', now)).toBe(2000);
  expect(parseRetryAfter('Thu, 01 Jan 2026 00:00:05 GMT', now)).toBe(5000);
  expect(parseRetryAfter('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
  expect(parseRetryAfter('soon', now)).toBeUndefined();
  expect(parseRetryAfter(undefined, now)).toBeUndefined();
});
