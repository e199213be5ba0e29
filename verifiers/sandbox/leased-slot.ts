import { openCgroup } from './cgroup.ts';
import type { Lease, Returned } from './lease.ts';
import { RelayConnection } from './relay-connection.ts';
import { type RelayPlace, runByRelay } from './run-by-relay.ts';
import { forNode, inPython } from './sandbox.ts';
import type { Talk } from './slot.ts';
import type { WireJob } from './wire-job.ts';
import type { WireResult } from './wire-result.ts';

/** A warm slot, in the hands of who has its lease. */
export class LeasedSlot {
  readonly #connection: RelayConnection;
  readonly #place: RelayPlace;

  private constructor(connection: RelayConnection, { cgroup, programs }: Lease) {
    this.#connection = connection;
    this.#place = {
      cgroup: cgroup && openCgroup(cgroup),
      python: inPython(programs),
      node: forNode(programs),
    };
  }

  static async open(lease: Lease): Promise<LeasedSlot> {
    return new LeasedSlot(await RelayConnection.open(lease), lease);
  }

  get isWell(): boolean {
    return this.#connection.isOpen;
  }

  run(job: WireJob, signal: AbortSignal | undefined, talk?: Talk): Promise<WireResult> {
    return runByRelay(this.#connection, this.#place, job, signal, talk);
  }

  close(): Returned {
    this.#place.cgroup?.close();
    return this.#connection.close();
  }
}
