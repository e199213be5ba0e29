import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { packageRoot } from '../paths.ts';
import type { Job, Limits } from './job.ts';
import type { Slot } from './slot.ts';
import { toWire } from './wire-job.ts';

/** One thing that a sandbox must keep a candidate from, tried from inside. `why` tells how it failed. */
export type Trial = { name: string; held: boolean; why?: string };

const limits: Limits = {
  cpuMs: 5000,
  memoryBytes: 64 << 20,
  processes: 8,
  diskBytes: 4 << 20,
  outputBytes: 64 << 10,
};

/** Tries a slot by doing: runs programs in it that attempt what it must prevent. `hidden` are host paths. */
export async function probe(slot: Slot, hidden: readonly string[]): Promise<Trial[]> {
  const escapes = await withListener((port) => attempt(slot, [String(port), ...hidden]));
  const memory = await slot.run(toWire(memoryBomb), new AbortController().signal);
  const bounded = memory.ending.by !== 'exit' || memory.ending.code !== 0;
  return [
    ...escapes,
    { name: 'bounded memory', held: bounded, ...(!bounded && { why: 'the limit was exceeded' }) },
  ];
}

const memoryBomb: Job = { argv: ['python3', '-I', '-S', '-c', 'bytearray(512 << 20)'], limits };

async function attempt(slot: Slot, args: readonly string[]): Promise<Trial[]> {
  const script = readFileSync(join(packageRoot, 'verifiers/sandbox/probe.py'), 'utf8');
  const job = {
    argv: ['python3', '-I', '-S', 'probe.py', ...args],
    files: [{ path: 'probe.py', content: script }],
    limits,
  };
  const { stdout, stderr } = await slot.run(toWire(job), new AbortController().signal);
  try {
    const answers: Record<string, string | null> = JSON.parse(stdout.kept.toString('utf8'));
    return Object.entries(answers).map(([name, why]) => ({
      name,
      held: why === null,
      ...(why !== null && { why }),
    }));
  } catch {
    return [
      { name: 'probe', held: false, why: stderr.kept.toString('utf8').trim() || 'the probe printed nothing' },
    ];
  }
}

/** Listens on a loopback port of the host for as long as `use` takes. */
async function withListener<T>(use: (port: number) => Promise<T>): Promise<T> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    return await use(typeof address === 'object' && address ? address.port : 0);
  } finally {
    server.close();
  }
}
