import { cpus, totalmem } from 'node:os';

/** The machine a measurement was made on, for whoever compares numbers. */
export type Machine = { cpu: string; cores: number; memoryGiB: number; node: string };

export function thisMachine(): Machine {
  const [first] = cpus();
  return {
    cpu: first?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
  };
}
