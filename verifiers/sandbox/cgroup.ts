import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** The control groups of one slot. Its long-lived process enters them once; what it starts stays in them. */
export type Cgroup = {
  /** Files to which a process writes `0` to enter. */
  readonly entrances: readonly string[];
  setMemoryLimit(bytes: number): void;
  setProcessLimit(count: number): void;
  cpuMs(): number;
  /** The most memory used since the last `resetPeak`, where the kernel can tell. */
  peakMemoryBytes(): number | undefined;
  resetPeak(): void;
  oomKills(): number;
  processes(): number[];
  /** Kills what is left in the group and removes it. */
  remove(): void;
};

/** Where groups can be made: one folder for each controller (v1) or one for all of them (v2). */
export type CgroupParent =
  | { version: 1; memory: string; pids: string; cpuacct: string }
  | { version: 2; path: string };

type Version = {
  folders: (parent: CgroupParent, name: string) => { memory: string; pids: string; cpu: string };
  memoryLimit: string;
  peak: string;
  cpu: { file: string; usedMs: (text: string) => number };
  /** The file that counts the processes that were killed for want of memory. */
  oomKills: string;
};

const versions: Record<1 | 2, Version> = {
  1: {
    folders: (parent, name) =>
      parent.version === 1
        ? {
            memory: join(parent.memory, name),
            pids: join(parent.pids, name),
            cpu: join(parent.cpuacct, name),
          }
        : never(),
    memoryLimit: 'memory.limit_in_bytes',
    peak: 'memory.max_usage_in_bytes',
    cpu: { file: 'cpuacct.usage', usedMs: (text) => Number(text) / 1e6 },
    oomKills: 'memory.oom_control',
  },
  2: {
    folders: (parent, name) => {
      const folder = parent.version === 2 ? join(parent.path, name) : never();
      return { memory: folder, pids: folder, cpu: folder };
    },
    memoryLimit: 'memory.max',
    peak: 'memory.peak',
    cpu: { file: 'cpu.stat', usedMs: (text) => field(text, 'usage_usec') / 1e3 },
    oomKills: 'memory.events',
  },
};

function never(): never {
  throw new Error('a control group of one version was asked for in a parent of the other');
}

const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');

const room = Buffer.alloc(4096);

/** Reads a small file again and again, without opening it each time. */
function createGauge(path: string): { read(): string; close(): void } {
  const fd = openSync(path, 'r');
  return {
    read: () => room.toString('latin1', 0, readSync(fd, room, 0, room.length, 0)),
    close: () => closeSync(fd),
  };
}

function field(text: string, name: string): number {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line ? Number(line.slice(name.length + 1)) : 0;
}

/** Makes the group `name`, readable for `uid` who has to enter it. */
export function createCgroup(parent: CgroupParent, name: string): Cgroup {
  const version = versions[parent.version];
  const folders = version.folders(parent, name);
  const unique = [...new Set(Object.values(folders))];
  for (const folder of unique) mkdirSync(folder, { recursive: true });
  let limit = 0;
  let processLimit = 0;
  let usedMs = 0;
  let removed = false; // the watch of a job that is being ended may still ask
  const cpu = createGauge(join(folders.cpu, version.cpu.file));
  const oomKills = createGauge(join(folders.memory, version.oomKills));
  const processes = () => read(folders.pids, 'cgroup.procs').split('\n').filter(Boolean).map(Number);
  return {
    entrances: unique.map((folder) => join(folder, 'cgroup.procs')),
    setMemoryLimit(bytes) {
      if (bytes === limit) return;
      writeFileSync(join(folders.memory, version.memoryLimit), String(bytes));
      limit = bytes;
    },
    setProcessLimit(count) {
      if (count === processLimit) return;
      writeFileSync(join(folders.pids, 'pids.max'), String(count));
      processLimit = count;
    },
    cpuMs: () => {
      if (!removed) usedMs = version.cpu.usedMs(cpu.read());
      return usedMs;
    },
    peakMemoryBytes: () => {
      const file = join(folders.memory, version.peak);
      return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
    },
    resetPeak: () => {
      // Kernels before 6.12 refuse this for v2: the peak is then that of the slot, an upper bound.
      try {
        writeFileSync(join(folders.memory, version.peak), '0');
      } catch {}
    },
    oomKills: () => (removed ? 0 : field(oomKills.read(), 'oom_kill')),
    processes: () => (removed ? [] : processes()),
    remove: () => {
      if (removed) return;
      removed = true;
      for (const gauge of [cpu, oomKills]) gauge.close();
      removeAll(unique, processes);
    },
  };
}

function removeAll(folders: string[], processes: () => number[]): void {
  for (let tries = 0; tries < 50; tries++) {
    const left = folders.filter((folder) => existsSync(folder));
    if (left.length === 0) return;
    try {
      for (const pid of processes()) process.kill(pid, 'SIGKILL');
    } catch {}
    for (const folder of left) {
      try {
        rmdirSync(folder);
      } catch {}
    }
    if (left.some((folder) => existsSync(folder)))
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
}

/** Finds a place for groups of our own by making and removing one; absent where there is none. */
export function findCgroupParent(name: string): CgroupParent | undefined {
  for (const parent of [parentV2(), parentV1()]) {
    if (!parent) continue;
    try {
      const trial = createCgroup(parent, name);
      trial.setMemoryLimit(64 << 20);
      trial.setProcessLimit(8);
      trial.cpuMs();
      trial.remove();
      return parent;
    } catch {}
  }
  return undefined;
}

/** Removes groups left by launchers that are gone; a group's name ends in the launcher's pid and the slot. */
export function sweepCgroups(parent: CgroupParent, prefix: string, isAlive: (pid: number) => boolean): void {
  const folders = parent.version === 2 ? [parent.path] : [parent.memory, parent.pids, parent.cpuacct];
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const pid = Number(
        /^(\d+)-/.exec(entry.name.startsWith(prefix) ? entry.name.slice(prefix.length) : '')?.[1],
      );
      if (!entry.isDirectory() || !pid || isAlive(pid)) continue;
      const path = join(folder, entry.name);
      removeAll([path], () => read(path, 'cgroup.procs').split('\n').filter(Boolean).map(Number));
    }
  }
}

/** This process's group in each hierarchy, by controller; the unified one under the empty name. */
function ownGroups(): Map<string, string> {
  const groups = new Map<string, string>();
  for (const line of readFileSync('/proc/self/cgroup', 'utf8').split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) continue;
    for (const controller of controllers.split(',')) groups.set(controller, path);
  }
  return groups;
}

function parentV1(): CgroupParent | undefined {
  const groups = ownGroups();
  const folder = (controller: string): string | undefined => {
    const group = groups.get(controller);
    const paths = [`/sys/fs/cgroup/${controller}${group ?? ''}`, `/sys/fs/cgroup/${controller}`];
    return group === undefined ? undefined : paths.find((path) => existsSync(path));
  };
  const [memory, pids, cpuacct] = [folder('memory'), folder('pids'), folder('cpuacct')];
  return memory && pids && cpuacct ? { version: 1, memory, pids, cpuacct } : undefined;
}

function parentV2(): CgroupParent | undefined {
  const group = ownGroups().get('');
  if (group === undefined) return undefined;
  const path = join('/sys/fs/cgroup', group);
  if (!existsSync(join(path, 'cgroup.controllers')) || !statSync(path).isDirectory()) return undefined;
  return delegateControllers(path) ? { version: 2, path } : undefined;
}

const controllersNeeded = ['memory', 'pids', 'cpu'];

/** Lets children of `path` have the controllers, moving this process into a leaf where v2's rule demands it. */
function delegateControllers(path: string): boolean {
  const enabled = () => read(path, 'cgroup.subtree_control').split(/\s+/);
  const available = read(path, 'cgroup.controllers').split(/\s+/);
  if (!controllersNeeded.every((name) => available.includes(name))) return false;
  const enable = () => {
    writeFileSync(
      join(path, 'cgroup.subtree_control'),
      controllersNeeded.map((name) => `+${name}`).join(' '),
    );
  };
  if (controllersNeeded.every((name) => enabled().includes(name))) return true;
  try {
    enable();
  } catch {
    try {
      moveIntoLeaf(path);
      enable();
    } catch {
      return false;
    }
  }
  return true;
}

/** Only where the group holds nothing but this process and its parent: what is not ours stays where it is. */
function moveIntoLeaf(path: string): void {
  const members = read(path, 'cgroup.procs').split('\n').filter(Boolean).map(Number);
  const ours = new Set([process.pid, process.ppid]);
  if (!members.every((pid) => ours.has(pid))) throw new Error('the control group has other processes');
  const leaf = join(path, 'assay-main');
  mkdirSync(leaf, { recursive: true });
  for (const pid of members) writeFileSync(join(leaf, 'cgroup.procs'), String(pid));
}
