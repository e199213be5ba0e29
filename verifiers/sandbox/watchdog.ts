import { readdirSync, readFileSync } from 'node:fs';
import type { Cgroup } from './cgroup.ts';

/** Why a watched job was stopped; `overloaded` is the machine's fault, not the job's. */
export type LimitHit = 'cpu-limit' | 'wall-limit' | 'overloaded';

/** `cpuMs`: the CPU time of the slot since the first look, 0 without a control group. */
export type Watch = { stop: () => void; cpuMs: () => number };

const pollMs = 20;
const patience = 10;
/** What counts at most of the time since the last look: a program that was busy itself did not watch. */
const mostBetweenLooks = 100;

/** One for each job, and one clock for all. */
const looks = new Set<() => void>();
let clock: NodeJS.Timeout | undefined;

function startLooking(look: () => void): void {
  looks.add(look);
  // What came while this program was busy is heard before: perhaps the job is over.
  clock ??= setInterval(() => setImmediate(lookAtAll), pollMs).unref();
}

function lookAtAll(): void {
  for (const look of looks) look();
  if (looks.size > 0) return;
  clearInterval(clock);
  clock = undefined;
}

/** The wall limit that goes with a CPU limit where a job names none, in milliseconds. */
export function defaultWallMs(cpuMs: number): number {
  return Math.max(3 * cpuMs, cpuMs + 2000);
}

/**
 * Watches one job's CPU time and its wall time less the time its processes waited for a CPU, so that a busy
 * machine does not time a candidate out. Calls `onLimit` at most once.
 *
 * A job cannot win time by making its own processes wait for each other: they then use up the CPU limit.
 */
export function watch(
  limits: { cpuMs: number; wallMs: number },
  cgroup: Cgroup | undefined,
  onLimit: (limit: LimitHit) => void,
): Watch {
  let looked = performance.now();
  let wallMs = 0;
  let cpuBefore: number | undefined;
  const waits = new Map<number, Wait>();
  const stop = () => void looks.delete(look);
  startLooking(look);
  function look(): void {
    const limit = limitHit();
    if (!limit) return;
    stop();
    onLimit(limit);
  }
  function limitHit(): LimitHit | undefined {
    // What was used before the first look counts only in what is reported at the end: most jobs are over by then.
    cpuBefore ??= cgroup?.cpuMs() ?? 0;
    if (cgroup && cgroup.cpuMs() - cpuBefore >= limits.cpuMs) return 'cpu-limit';
    const now = performance.now();
    wallMs += Math.min(now - looked, mostBetweenLooks);
    looked = now;
    // From half the limit on, so that the waits of a process that ends are known, and short jobs cost nothing.
    if (wallMs > limits.wallMs / 2) noteWaits(waits, cgroup?.processes() ?? []);
    if (wallMs < limits.wallMs) return undefined;
    if (wallMs - waitedMs([...waits.values()]) >= limits.wallMs) return 'wall-limit';
    return wallMs >= patience * limits.wallMs ? 'overloaded' : undefined;
  }
  return {
    stop,
    cpuMs: () => (cgroup && cpuBefore !== undefined ? cgroup.cpuMs() - cpuBefore : 0),
  };
}

/** How long a process has waited for a CPU; `serves`: it is ours, and the candidate waits for it meanwhile. */
type Wait = { ms: number; since: number; serves: boolean };

type Role = { serves: boolean; resident?: boolean };

/** The longest wait of any one process of the candidate, and the waits of all that it waits for in turn. */
function waitedMs(waits: readonly Wait[]): number {
  const serving = waits.filter(({ serves }) => serves).reduce((sum, { ms, since }) => sum + ms - since, 0);
  return serving + Math.max(0, ...waits.filter(({ serves }) => !serves).map(({ ms }) => ms));
}

function noteWaits(waits: Map<number, Wait>, pids: readonly number[]): void {
  for (const pid of pids) {
    const known = waits.get(pid);
    const role: Role | undefined = known ?? roleOf(pid);
    if (!role) continue;
    const ms = Math.max(known?.ms ?? 0, ...threadWaits(pid));
    waits.set(pid, { ms, serves: role.serves, since: known?.since ?? (role.resident ? ms : 0) });
  }
}

/**
 * Processes are told apart by how early the out-of-memory killer takes them, see `slot/`. One that outlives
 * jobs counts from when it is first looked at.
 */
function roleOf(pid: number): Role | undefined {
  const score = fileOf(pid, 'oom_score_adj').trim();
  if (score === '500') return { serves: true, resident: true };
  return score === '1000' ? { serves: isOurs(pid) } : undefined;
}

/** Process 1 of the job's pid namespace, or one outside of it. */
function isOurs(pid: number): boolean {
  return /^NSpid:\t(\d+|.*\t1)$/m.test(fileOf(pid, 'status'));
}

function threadWaits(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((thread) => {
      const [, waited] = fileOf(pid, `task/${thread}/schedstat`).split(' ');
      return Number(waited ?? 0) / 1e6;
    });
  } catch {
    return [];
  }
}

/** A file of a process, empty when the process is gone. */
function fileOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
