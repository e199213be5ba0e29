import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Cgroup, type CgroupPlace, openCgroup, processesIn } from './cgroup.ts';

/** Where groups can be made: one folder for each controller (v1) or one for all of them (v2). */
export type CgroupParent =
  | { version: 1; memory: string; pids: string; cpuacct: string }
  | { version: 2; path: string };

/** A group that was made here. */
export type OwnCgroup = Cgroup & {
  readonly place: CgroupPlace;
  /** Files to which a process writes `0` to enter. */
  readonly entrances: readonly string[];
  /** Kills what is left in the group and removes it. */
  remove(): void;
};

function placeIn(parent: CgroupParent, name: string): CgroupPlace {
  if (parent.version === 2) {
    const folder = join(parent.path, name);
    return { version: 2, memory: folder, pids: folder, cpu: folder };
  }
  const { memory, pids, cpuacct } = parent;
  return { version: 1, memory: join(memory, name), pids: join(pids, name), cpu: join(cpuacct, name) };
}

/** Makes the group `name`. */
export function createCgroup(parent: CgroupParent, name: string): OwnCgroup {
  const place = placeIn(parent, name);
  const folders = [...new Set([place.memory, place.pids, place.cpu])];
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  const cgroup = openCgroup(place);
  return {
    ...cgroup,
    place,
    entrances: folders.map((folder) => join(folder, 'cgroup.procs')),
    remove: () => {
      cgroup.close();
      removeAll(folders);
    },
  };
}

function removeAll(folders: readonly string[]): void {
  for (let tries = 0; tries < 50; tries++) {
    const left = folders.filter((folder) => existsSync(folder));
    if (left.length === 0) return;
    try {
      for (const pid of left.flatMap(processesIn)) process.kill(pid, 'SIGKILL');
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

const read = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');

/** Removes groups left by launchers that are gone; a group's name ends in the launcher's pid and the slot. */
export function sweepCgroups(parent: CgroupParent, prefix: string, isAlive: (pid: number) => boolean): void {
  const folders = parent.version === 2 ? [parent.path] : [parent.memory, parent.pids, parent.cpuacct];
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const pid = Number(
        /^(\d+)-/.exec(entry.name.startsWith(prefix) ? entry.name.slice(prefix.length) : '')?.[1],
      );
      if (!entry.isDirectory() || !pid || isAlive(pid)) continue;
      removeAll([join(folder, entry.name)]);
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
  const members = processesIn(path);
  const ours = new Set([process.pid, process.ppid]);
  if (!members.every((pid) => ours.has(pid))) throw new Error('the control group has other processes');
  const leaf = join(path, 'assay-main');
  mkdirSync(leaf, { recursive: true });
  for (const pid of members) writeFileSync(join(leaf, 'cgroup.procs'), String(pid));
}
