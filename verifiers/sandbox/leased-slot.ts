import { openCgroup } from './cgroup.ts';
import type { Limits } from './job.ts';
import type { Lease, Returned } from './lease.ts';
import { RelayConnection } from './relay-connection.ts';
import { isAtHand, type RelayPlace, runByRelay } from './run-by-relay.ts';
import { forNode, inPython } from './sandbox.ts';
import type { Talk } from './slot.ts';
import { cancelled } from './waiting-line.ts';
import type { WireJob } from './wire-job.ts';
import type { WireResult } from './wire-result.ts';

/** A job that takes less is over before its slot could be of use elsewhere. */
const quickMs = 25;

/**
 * A warm slot, in the hands of who has its lease. Jobs run one after the other, in their order; the next are sent ahead
 * where they have the limits of the one that runs.
 */
export class LeasedSlot {
  readonly #connection: RelayConnection;
  readonly #place: RelayPlace;
  /** The limits of the jobs that were sent and are not over. */
  #limits: Limits | undefined;
  #count = 0;
  #emptied = () => {};
  /** Resolves when the job that came last may be sent. */
  #turn = Promise.resolve();
  #isQuick = false;

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

  /** Whether the jobs of late were such that more can be sent ahead without making them wait. */
  get isQuick(): boolean {
    return this.#isQuick;
  }

  /** `again`: as of `runByRelay`. */
  async run(job: WireJob, signal: AbortSignal | undefined, talk?: Talk): Promise<WireResult | 'again'> {
    this.#turn = this.#turn.then(() => this.#room(job, talk));
    await this.#turn;
    if (signal?.aborted) throw cancelled();
    this.#limits = job.limits;
    this.#count += 1;
    try {
      const result = await runByRelay(this.#connection, this.#place, job, signal, talk);
      this.#isQuick = result !== 'again' && result.usage.wallMs < quickMs;
      return result;
    } finally {
      this.#count -= 1;
      if (this.#count === 0) this.#emptied();
    }
  }

  /** Resolves when a job can be sent: at once after one of the same kind, else when all are over. */
  #room(job: WireJob, talk: Talk | undefined): Promise<void> | undefined {
    const { memoryBytes, processes } = job.limits;
    const isLike = memoryBytes === this.#limits?.memoryBytes && processes === this.#limits.processes;
    const canFollow = isLike && !talk && isAtHand(this.#connection, this.#place, job);
    if (this.#count === 0 || canFollow) return undefined;
    return new Promise((resolve) => {
      this.#emptied = resolve;
    });
  }

  close(): Returned {
    this.#place.cgroup?.close();
    return this.#connection.close();
  }
}
