import { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { entryPoint } from '../../../verifiers/paths.ts';
import { connectSandbox, openSandbox, type Sandbox } from '../../../verifiers/sandbox/index.ts';

const limits = { cpuMs: 1000, memoryBytes: 64 << 20, processes: 8, diskBytes: 1 << 20, outputBytes: 4096 };
const job = { argv: ['true'], limits };
const napOf = (seconds: number) => ({ argv: ['sleep', String(seconds)], limits });
const well = { by: 'exit', code: 0 };

const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of leftovers.splice(0).reverse()) await clean();
});

async function open(slots: number) {
  const sandbox = await openSandbox({ slots });
  leftovers.push(() => sandbox.close());
  const another = (): Sandbox => {
    const client = connectSandbox(sandbox.address);
    leftovers.push(() => client.close());
    return client;
  };
  return { sandbox, another };
}

const endingOf = async (sandbox: Sandbox) => (await sandbox.run(job)).ending;

test('a client that has nothing to do leaves its slots to others', async () => {
  const { sandbox, another } = await open(2);
  await Promise.all([endingOf(sandbox), endingOf(sandbox)]);
  const [second, third] = [another(), another()];
  expect(await Promise.all([endingOf(second), endingOf(second), endingOf(third)])).toEqual([
    well,
    well,
    well,
  ]);
  expect(await endingOf(sandbox)).toEqual(well);
});

test('clients with more jobs than slots take turns', async () => {
  const { sandbox, another } = await open(1);
  const order: string[] = [];
  const work = async (name: string, client: Sandbox) => {
    const jobs = Array.from({ length: 6 }, () => client.run(napOf(0.05)));
    for (const each of jobs) {
      await each;
      order.push(name);
    }
  };
  await Promise.all([work('a', sandbox), work('b', another()), work('c', another())]);
  expect(order.toSorted().join('')).toBe('aaaaaabbbbbbcccccc');
  // None is through before the others have begun.
  expect(new Set(order.slice(0, 8))).toEqual(new Set(['a', 'b', 'c']));
});

test('a pair of jobs gets the slot that a client keeps', async () => {
  const { sandbox, another } = await open(1);
  await endingOf(another());
  const echo = 'read line <&3; echo "<$line>" >&3; read line <&3';
  const partner = {
    argv: ['sh', '-c', 'read a <&3; echo end >&3'],
    exchange: ['begin'],
    last: 'end',
    gone: 'gone',
    limits,
  };
  const result = await sandbox.run({ argv: ['sh', '-c', echo], exchange: ['first'], partner, limits });
  expect([result.replies, result.partner?.replies]).toEqual([['<first>'], ['end']]);
});

test('a client that ends while its job runs loses nothing for the others', async () => {
  const { sandbox } = await open(1);
  const script = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.module).then(({ connectSandbox }) => {
      connectSandbox(workerData.address).run(workerData.nap).catch(() => {});
      setTimeout(() => parentPort.postMessage('runs'), 300);
    });`;
  const workerData = {
    module: entryPoint('verifiers/sandbox/index'),
    address: sandbox.address,
    nap: napOf(60),
  };
  const worker = new Worker(script, { eval: true, workerData });
  await new Promise((resolve) => worker.once('message', resolve));
  const waiting = endingOf(sandbox);
  await worker.terminate();
  expect(await waiting).toEqual(well);
});

test('keeps tools loaded for whoever borrows the slot next', async () => {
  const { sandbox, another } = await open(1);
  const tool = { libraries: [] };
  const printed = async (client: Sandbox, program: string, words: string[]) => {
    const result = await client.run({ argv: [program, ...words], tool, limits });
    return result.stdout.text;
  };
  const other = another();
  expect(await printed(sandbox, '/usr/bin/printf', ['one'])).toBe('one');
  expect(await printed(other, '/usr/bin/cat', ['/proc/self/comm'])).toBe('cat\n');
  expect(await printed(sandbox, '/usr/bin/cat', ['/proc/self/comm'])).toBe('cat\n');
  expect(await printed(other, '/usr/bin/printf', ['two'])).toBe('two');
});

/** Keeps this program from hearing or doing anything. */
const hold = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

test('what a client is busy with counts for no job, and gives none more CPU time', async () => {
  const { sandbox } = await open(1);
  await endingOf(sandbox);
  const nap = sandbox.run({ ...napOf(0.3), limits: { ...limits, wallMs: 500 } });
  hold(1000);
  expect((await nap).ending).toEqual(well);
  const work = 'import time\nwhile time.process_time() < 0.5: pass';
  const worker = sandbox.run({ argv: ['python3', '-c', work], limits: { ...limits, cpuMs: 300 } });
  hold(1000);
  expect((await worker).ending).toEqual({ by: 'cpu-limit' });
});
