import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../server/gate.ts';

const never = new AbortController().signal;

/** A work that ends when it is told to. */
function held() {
  let end = () => {};
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => done, end };
}

describe('the gate', () => {
  it('runs as many works as it may and lets the rest wait in order', async () => {
    const gate = createGate({ concurrent: 2, queued: 2 });
    const works = [held(), held(), held(), held()];
    const order: number[] = [];
    const runs = works.map(({ work }, index) =>
      gate.run(() => {
        order.push(index);
        return work();
      }, never),
    );
    await turn();
    expect({ order, running: gate.running, waiting: gate.waiting }).toEqual({
      order: [0, 1],
      running: 2,
      waiting: 2,
    });
    works[1]?.end();
    await turn();
    expect({ order, running: gate.running, waiting: gate.waiting }).toEqual({
      order: [0, 1, 2],
      running: 2,
      waiting: 1,
    });
    for (const { end } of works) end();
    await Promise.all(runs);
    expect({ order, running: gate.running, waiting: gate.waiting }).toEqual({
      order: [0, 1, 2, 3],
      running: 0,
      waiting: 0,
    });
  });

  it('refuses the one that finds the queue full', async () => {
    const gate = createGate({ concurrent: 1, queued: 1 });
    const first = held();
    const runs = [gate.run(first.work, never), gate.run(async () => {}, never)];
    await expect(gate.run(async () => {}, never)).rejects.toMatchObject({
      code: 'QUEUE_FULL',
      retryable: true,
    });
    first.end();
    await Promise.all(runs);
  });

  it('lets the one that is cancelled leave the queue', async () => {
    const gate = createGate({ concurrent: 1, queued: 2 });
    const first = held();
    const controller = new AbortController();
    const running = gate.run(first.work, never);
    const leaving = gate.run(async () => 'left', controller.signal);
    const staying = gate.run(async () => 'stayed', never);
    controller.abort();
    await expect(leaving).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(gate.waiting).toBe(1);
    first.end();
    await running;
    expect(await staying).toBe('stayed');
  });

  it('tells when nothing runs any more', async () => {
    const gate = createGate({ concurrent: 1, queued: 1 });
    await gate.idle();
    const works = [held(), held()];
    const runs = works.map(({ work }) => gate.run(work, never));
    let idle = false;
    const idling = gate.idle().then(() => {
      idle = true;
    });
    works[0]?.end();
    await runs[0];
    expect(idle).toBe(false);
    works[1]?.end();
    await Promise.all([runs[1], idling]);
    expect(idle).toBe(true);
  });

  it('gives its place back when a work throws', async () => {
    const gate = createGate({ concurrent: 1, queued: 0 });
    await expect(gate.run(() => Promise.reject(new Error('broken')), never)).rejects.toThrow('broken');
    expect(await gate.run(async () => 'next', never)).toBe('next');
  });
});
