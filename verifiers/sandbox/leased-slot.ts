import { type Cgroup, openCgroup } from './cgroup.ts';
import type { Lease, Returned } from './lease.ts';
import { RelayConnection } from './relay-connection.ts';
import { runByRelay } from './run-by-relay.ts';
import type { WarmProgram } from './sandbox.ts';
import type { Talk } from './slot.ts';
import type { WireJob } from './wire-job.ts';
import type { WireResult } from './wire-result.ts';

/** A warm slot, in the hands of who has its lease. */
export class LeasedSlot {
  readonly #connection: RelayConnection;
  readonly #cgroup: Cgroup | undefined;
  readonly #programs: readonly WarmProgram[];

  private constructor(connection: RelayConnection, { cgroup, programs }: Lease) {
    this.#connection = connection;
    this.#cgroup = cgroup && openCgroup(cgroup);
    this.#programs = programs;
  }

  static async open(lease: Lease): Promise<LeasedSlot> {
    return new LeasedSlot(await RelayConnection.open(lease), lease);
  }

  get isWell(): boolean {
    return this.#connection.isOpen;
  }

  run(job: WireJob, signal: AbortSignal | undefined, talk?: Talk): Promise<WireResult> {
    const place = { cgroup: this.#cgroup, programs: this.#programs };
    return runByRelay(this.#connection, place, job, signal, talk);
  }

  close(): Returned {
    this.#cgroup?.close();
    return this.#connection.close();
  }
}
