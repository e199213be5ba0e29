import type { Cell } from './cell.ts';
import { ForkServer } from './fork-server.ts';
import type { Lease, Returned } from './lease.ts';
import { LeasedSlot } from './leased-slot.ts';
import type { WarmProgram } from './sandbox.ts';
import type { Slot, Talk } from './slot.ts';
import type { Tool } from './tool.ts';
import type { View } from './view.ts';
import type { WireJob } from './wire-job.ts';
import type { WireResult } from './wire-result.ts';

/**
 * A slot that forks each job from a warm process into fresh namespaces: no start of bubblewrap, and none of the
 * interpreter for warm programs. One bubblewrap and one control group live as long as the slot.
 */
export class WarmSlot implements Slot {
  readonly #cell: Cell;
  readonly #programs: readonly WarmProgram[];
  readonly #server: ForkServer;
  #tools: readonly Tool[] = [];

  /** `cpu`: see `ForkServer`. */
  constructor(cell: Cell, view: View, programs: readonly WarmProgram[], folder: string, cpu?: number) {
    this.#cell = cell;
    this.#programs = programs;
    this.#server = new ForkServer(cell, view, programs, folder, cpu);
  }

  start(): Promise<void> {
    return this.#server.start();
  }

  async run(job: WireJob, signal: AbortSignal, talk?: Talk): Promise<WireResult> {
    for (;;) {
      const slot = await this.#open();
      try {
        const result = await slot.run(job, signal, talk);
        if (result !== 'again') return result;
      } finally {
        this.takeBack(slot.close());
      }
    }
  }

  async #open(): Promise<LeasedSlot> {
    const lease = await this.lend();
    try {
      return await LeasedSlot.open(lease);
    } catch (error) {
      this.takeBack('broken');
      throw error;
    }
  }

  /** Until it is taken back. */
  async lend(): Promise<Lease> {
    if (!this.#server.runs) {
      this.#tools = [];
      await this.#server.start();
    }
    const { socket } = this.#server;
    const place = this.#cell.cgroup?.place;
    return { socket, programs: this.#programs, tools: this.#tools, ...(place && { cgroup: place }) };
  }

  takeBack(returned: Returned): void {
    if (returned === 'broken') this.#server.kill();
    else this.#tools = returned.tools;
  }

  async close(): Promise<void> {
    await this.#server.close();
    this.#cell.release();
  }
}
