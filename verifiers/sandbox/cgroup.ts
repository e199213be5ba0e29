import { closeSync, existsSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssayError } from '../errors.ts';

/** The folders of one slot's control groups, by controller; those of version 2 are one. */
export type CgroupPlace = { version: 1 | 2; memory: string; pids: string; cpu: string };

/** The control groups of one slot. Its long-lived process enters them once; what it starts stays in them. */
export type Cgroup = {
  setMemoryLimit(bytes: number): void;
  setProcessLimit(count: number): void;
  cpuMs(): number;
  /** The most memory used since the last `resetPeak`, where the kernel can tell. */
  peakMemoryBytes(): number | undefined;
  resetPeak(): void;
  oomKills(): number;
  processes(): number[];
  /** Ends the use of it. What a watch asks after that is answered as before. */
  close(): void;
};

type Version = {
  memoryLimit: string;
  peak: string;
  cpu: { file: string; usedMs: (text: string) => number };
  /** The file that counts the processes that were killed for want of memory. */
  oomKills: string;
};

const versions: Record<1 | 2, Version> = {
  1: {
    memoryLimit: 'memory.limit_in_bytes',
    peak: 'memory.max_usage_in_bytes',
    cpu: { file: 'cpuacct.usage', usedMs: (text) => Number(text) / 1e6 },
    oomKills: 'memory.oom_control',
  },
  2: {
    memoryLimit: 'memory.max',
    peak: 'memory.peak',
    cpu: { file: 'cpu.stat', usedMs: (text) => field(text, 'usage_usec') / 1e3 },
    oomKills: 'memory.events',
  },
};

function field(text: string, name: string): number {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line ? Number(line.slice(name.length + 1)) : 0;
}

const room = Buffer.alloc(4096);

/** Reads a number in a small file again and again, without opening it each time; the last one once that is gone. */
function createGauge(path: string, numberIn: (text: string) => number): { read(): number; close(): void } {
  let fd: number | undefined = openSync(path, 'r');
  let last = 0;
  return {
    read() {
      if (fd === undefined) return last;
      try {
        last = numberIn(room.toString('latin1', 0, readSync(fd, room, 0, room.length, 0)));
      } catch {} // the group was removed meanwhile
      return last;
    },
    close() {
      if (fd !== undefined) closeSync(fd);
      fd = undefined;
    },
  };
}

/** Sets a limit, when it is another than before. */
function createLimit(path: string): (value: number) => void {
  let now = 0;
  return (value) => {
    if (value === now) return;
    try {
      writeFileSync(path, String(value));
    } catch (cause) {
      throw new AssayError('SANDBOX_LOST', `the limit ${path} cannot be set`, { cause });
    }
    now = value;
  };
}

export function openCgroup(place: CgroupPlace): Cgroup {
  const version = versions[place.version];
  const peak = join(place.memory, version.peak);
  const cpu = createGauge(join(place.cpu, version.cpu.file), version.cpu.usedMs);
  const oomKills = createGauge(join(place.memory, version.oomKills), (text) => field(text, 'oom_kill'));
  return {
    setMemoryLimit: createLimit(join(place.memory, version.memoryLimit)),
    setProcessLimit: createLimit(join(place.pids, 'pids.max')),
    cpuMs: cpu.read,
    oomKills: oomKills.read,
    processes: () => processesIn(place.pids),
    peakMemoryBytes: () => (existsSync(peak) ? Number(readFileSync(peak, 'utf8')) : undefined),
    resetPeak: () => {
      // Kernels before 6.12 refuse this for v2: the peak is then that of the slot, an upper bound.
      try {
        writeFileSync(peak, '0');
      } catch {}
    },
    close: () => {
      for (const gauge of [cpu, oomKills]) gauge.close();
    },
  };
}

/** Those in a group; none once it is removed. */
export function processesIn(folder: string): number[] {
  try {
    return readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
