import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { AssayError } from '../errors.ts';
import { packageRoot } from '../paths.ts';
import { createCell } from './cell.ts';
import { findCgroupParent, sweepCgroups } from './cgroup-parent.ts';
import { forkServerMounts } from './fork-server.ts';
import { isAlive } from './identity.ts';
import { type Borrower, Lending } from './lending.ts';
import { probe, type Trial } from './probe.ts';
import { ProcessSlot } from './process-slot.ts';
import { requireTool, unavailable } from './remedies.ts';
import type { SandboxNeeds, ServiceAnswer, WarmProgram } from './sandbox.ts';
import { Service } from './service.ts';
import type { Slot } from './slot.ts';
import { runPair } from './talk.ts';
import { createTurns, type Turns } from './turns.ts';
import { createView } from './view.ts';
import { WarmSlot } from './warm-slot.ts';
import type { WireJob, WirePartner } from './wire-job.ts';
import type { WireResult } from './wire-result.ts';

export type LauncherOptions = {
  /** Made by the parent, who listens nowhere: the launcher's socket and all temporary files lie in it. */
  folder: string;
  slots: number;
  /** Jobs and questions that may wait; more are refused with `QUEUE_FULL`. */
  queueLength: number;
  unsafe: boolean;
  /** `process`: never the warm kind, one bubblewrap per job. */
  kind: 'warm' | 'process';
  needs: SandboxNeeds;
};

/** What the launcher tells of itself when it is ready. */
export type LauncherState = {
  level: 'full' | 'namespaces' | 'none';
  kind: 'warm' | 'process';
  cgroup: 1 | 2 | undefined;
  /** Why the warm kind, or control groups, are not in use, in words. */
  remarks: string[];
  /** What was tried from inside at the start; all of it held, else there would be no sandbox. */
  trials: Trial[];
};

const prefix = 'assay-';

/** Owns every sandbox of one Assay process: slots for jobs, warm services, and their clean-up. */
export class Launcher {
  readonly state: LauncherState;
  readonly folder: string;
  readonly #slots: readonly Slot[];
  readonly #lending: Lending;
  readonly #partners: Turns<Slot>;
  readonly #services: Map<string, Turns<Service>>;

  private constructor(
    state: LauncherState,
    folder: string,
    slots: readonly Slot[],
    lending: Lending,
    partners: Turns<Slot>,
    services: Map<string, Turns<Service>>,
  ) {
    this.state = state;
    this.folder = folder;
    this.#slots = slots;
    this.#lending = lending;
    this.#partners = partners;
    this.#services = services;
  }

  static async start(options: LauncherOptions): Promise<Launcher> {
    const folder = join(options.folder, String(process.pid));
    mkdirSync(folder, { mode: 0o711 });
    const parent = findCgroupParent(`${prefix}${process.pid}-trial`);
    if (parent) sweepCgroups(parent, prefix, isAlive);
    const view = createView(
      [...options.needs.mounts, ...forkServerMounts],
      join(folder, 'stage'),
      options.needs.path,
    );
    const enclosed = !options.unsafe;
    const cellOf = (name: string) => createCell(`${prefix}${process.pid}-${name}`, parent, enclosed);
    if (enclosed) requireTool('bwrap', 'bubblewrap');
    requireTool('setpriv', 'util-linux');
    // Where there are fewer slots, the machine is shared with others, whose CPUs may be the same ones.
    const cpuOf = (index: number) => (options.slots < availableParallelism() ? undefined : index);
    const maker = (name: string, warm: readonly WarmProgram[]): SlotMaker => ({
      warm: (index) => new WarmSlot(cellOf(`${name}${index}`), view, warm, folder, cpuOf(index)),
      process: (index) => new ProcessSlot(cellOf(`${name}${index}`), view, folder, enclosed),
    });
    const make = maker('slot', options.needs.warm);
    const makePartner = maker('partner', options.needs.warmPartners ?? []);
    const remarks = parent
      ? []
      : ['no control group can be made here: memory and CPU are limited per process only'];
    const wanted = enclosed ? options.kind : 'process';
    const { kind, slots } = await startSlots(make, wanted, options.slots, remarks);
    const services = new Map(
      Object.entries(options.needs.services).map(([name, spec]) => {
        const one = (index: number) => new Service(spec, cellOf(`${name}${index}`), view, folder, enclosed);
        return [name, createTurns(options.slots, options.queueLength, one)];
      }),
    );
    const level = enclosed ? (parent ? 'full' : 'namespaces') : 'none';
    const trials = slots[0] && enclosed ? await proven(slots[0], [options.folder, packageRoot]) : [];
    const state = { level, kind, cgroup: parent?.version, remarks, trials } as const;
    const lending = new Lending(slots, options.queueLength);
    const partners = createTurns(options.slots, options.queueLength, (index) => makePartner[kind](index));
    return new Launcher(state, folder, slots, lending, partners, services);
  }

  run(job: WireJob, partner: WirePartner | undefined, signal: AbortSignal): Promise<WireResult> {
    if (!partner) return this.#lending.take((slot) => slot.run(job, signal), signal);
    // The partner's slot first, and from a pool of its own: no pair waits for a slot that another pair holds.
    const both = (second: Slot) =>
      this.#lending.take((slot) => runPair(job, partner, slot, second, signal), signal);
    return this.#partners.take(both, signal);
  }

  lend(borrower: Borrower, signal: AbortSignal): Promise<void> {
    return this.#lending.lend(borrower, signal);
  }

  ask(service: string, question: string, deadlineMs: number, signal: AbortSignal): Promise<ServiceAnswer> {
    const turns = this.#services.get(service);
    if (!turns) throw new AssayError('INTERNAL', `the sandbox has no service "${service}"`);
    return turns.take((one) => one.ask(question, deadlineMs), signal);
  }

  async close(): Promise<void> {
    const all = [
      ...this.#slots,
      ...this.#partners.made(),
      ...[...this.#services.values()].flatMap((turns) => turns.made()),
    ];
    await Promise.allSettled(all.map((one) => one.close()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

type SlotMaker = Readonly<Record<'warm' | 'process', (index: number) => Slot>>;

async function startSlots(
  make: SlotMaker,
  wanted: 'warm' | 'process',
  count: number,
  remarks: string[],
): Promise<{ kind: 'warm' | 'process'; slots: Slot[] }> {
  const slots = Array.from({ length: count }, (_, index) => make[wanted](index));
  try {
    await Promise.all(slots.map((slot) => slot.start()));
    return { kind: wanted, slots };
  } catch (error) {
    await Promise.allSettled(slots.map((slot) => slot.close()));
    if (wanted === 'process') throw unavailable(error instanceof Error ? error.message : String(error));
    remarks.push(
      `no warm slots, so each job starts its own bubblewrap: ${error instanceof Error ? error.message : error}`,
    );
    return startSlots(make, 'process', count, remarks);
  }
}

/** A sandbox that does not hold is worse than none: people would trust it. */
async function proven(slot: Slot, hidden: readonly string[]): Promise<Trial[]> {
  const trials = await probe(slot, hidden);
  const broken = trials.filter((trial) => !trial.held).map(({ name, why }) => `${name} (${why})`);
  if (broken.length === 0) return trials;
  throw new AssayError(
    'SANDBOX_UNAVAILABLE',
    `the sandbox does not hold on this machine: ${broken.join('; ')}`,
  );
}
