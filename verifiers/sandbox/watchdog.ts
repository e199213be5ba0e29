import { readdirSync, readFileSync } from 'node:fs';
import type { Cgroup } from './cgroup.ts';

/** Why a watched job was stopped; `overloaded` is the machine's fault, not the job's. */
export type LimitHit = 'cpu-limit' | 'wall-limit' | 'overloaded';

const pollMs = 20;
const patience = 10;

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
): { stop: () => void } {
  const started = performance.now();
  const cpuBefore = cgroup?.cpuMs() ?? 0;
  const timer = setInterval(() => {
    const limit = limitHit();
    if (!limit) return;
    clearInterval(timer);
    onLimit(limit);
  }, pollMs);
  function limitHit(): LimitHit | undefined {
    if (cgroup && cgroup.cpuMs() - cpuBefore >= limits.cpuMs) return 'cpu-limit';
    const wallMs = performance.now() - started;
    if (wallMs < limits.wallMs) return undefined;
    if (wallMs - waitedMs(cgroup?.processes() ?? []) >= limits.wallMs) return 'wall-limit';
    return wallMs >= patience * limits.wallMs ? 'overloaded' : undefined;
  }
  return { stop: () => clearInterval(timer) };
}

/**
 * How long a job stood waiting for a CPU: the longest wait of any one of its threads, and the waits of process 1 of its
 * namespace, which relays for it meanwhile.
 */
function waitedMs(pids: readonly number[]): number {
  const job = pids.filter(isOfJob);
  const inits = job.filter(isInit);
  const others = job.filter((pid) => !inits.includes(pid));
  const relayed = inits.flatMap(threadWaits).reduce((sum, wait) => sum + wait, 0);
  return relayed + Math.max(0, ...others.flatMap(threadWaits));
}

/** Jobs, unlike the warm process that they come from, stand first in line for the out-of-memory killer. */
function isOfJob(pid: number): boolean {
  return fileOf(pid, 'oom_score_adj').trim() === '1000';
}

function isInit(pid: number): boolean {
  return /^NSpid:.*\t1$/m.test(fileOf(pid, 'status'));
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
