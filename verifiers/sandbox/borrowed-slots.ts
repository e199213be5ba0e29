import { asAssayError } from '../errors.ts';
import type { Job, JobResult } from './job.ts';
import type { Lease, Returned } from './lease.ts';
import { LeasedSlot } from './leased-slot.ts';
import { cancelled, WaitingLine } from './waiting-line.ts';
import { toWire } from './wire-job.ts';
import { readResult } from './wire-result.ts';

/** The launcher, to a client. */
export type Lender = {
  borrow(): { id: number; lease: Promise<Lease> };
  giveBack(id: number, returned: Returned): void;
};

/** `jobs`: how many have it, of which all but one wait for the one before. */
type Loan = { id: number; slot: LeasedSlot; since: number; jobs: number };

/** How long a client that has jobs may keep a slot which others wait for: to change hands costs as much as a job. */
const turnMs = 50;
/** So many jobs are sent to a slot, one behind the other, where so many more for each slot wait that none runs dry. */
const ahead = { jobs: 8, more: 16 };

/**
 * The slots that a client has borrowed from the launcher. Jobs run in them without a detour by it. A slot is kept until
 * the launcher asks for it.
 */
export class BorrowedSlots {
  readonly #lender: Lender;
  readonly #most: number;
  readonly #line: WaitingLine<Loan>;
  readonly #here = new Map<number, Loan>();
  /** Of those that are asked for. */
  readonly #coming = new Set<number>();
  readonly #recalled = new Set<number>();
  #idle: Loan[] = [];

  /** At most `most` at a time; at most `queueLength` jobs wait for one. */
  constructor(lender: Lender, most: number, queueLength: number) {
    this.#lender = lender;
    this.#most = most;
    this.#line = new WaitingLine(queueLength);
  }

  async run(job: Job, signal: AbortSignal | undefined): Promise<JobResult> {
    const wire = toWire(job);
    for (;;) {
      if (signal?.aborted) throw cancelled();
      const loan = this.#takeIdle() ?? (await this.#wait(signal));
      try {
        const result = await loan.slot.run(wire, signal);
        if (result !== 'again') return readResult(result);
      } finally {
        this.#release(loan);
      }
    }
  }

  /** The launcher asks for a slot, perhaps before it is here. */
  recall(id: number): void {
    const loan = this.#here.get(id);
    if (loan || this.#coming.has(id)) this.#recalled.add(id);
    if (loan && this.#idle.includes(loan)) this.#giveBack(loan);
  }

  close(): void {
    for (const loan of this.#idle) this.#giveBack(loan);
  }

  #takeIdle(): Loan | undefined {
    for (let loan = this.#idle.pop(); loan; loan = this.#idle.pop()) {
      if (loan.slot.isWell) {
        loan.jobs += 1;
        return loan;
      }
      this.#giveBack(loan);
    }
    return undefined;
  }

  #wait(signal: AbortSignal | undefined): Promise<Loan> {
    const turn = this.#line.wait(signal);
    this.#borrowMore();
    return turn;
  }

  #release(loan: Loan): void {
    loan.jobs -= 1;
    const isOver = this.#line.length === 0 || performance.now() - loan.since > turnMs;
    const isLeaving = !loan.slot.isWell || (isOver && this.#recalled.has(loan.id));
    if (!isLeaving) this.#fill(loan);
    if (loan.jobs > 0) return;
    if (isLeaving) this.#giveBack(loan);
    else this.#idle.push(loan);
  }

  #fill(loan: Loan): void {
    while (loan.jobs < this.#mostFor(loan) && this.#line.serve(loan)) loan.jobs += 1;
  }

  #mostFor({ id, slot }: Loan): number {
    const isPlenty = this.#line.length > ahead.more * this.#most;
    return isPlenty && slot.isQuick && !this.#recalled.has(id) ? ahead.jobs : 1;
  }

  #giveBack(loan: Loan): void {
    this.#idle = this.#idle.filter((other) => other !== loan);
    this.#here.delete(loan.id);
    this.#recalled.delete(loan.id);
    this.#lender.giveBack(loan.id, loan.slot.close());
    this.#borrowMore();
  }

  #borrowMore(): void {
    while (this.#line.length > this.#coming.size && this.#here.size + this.#coming.size < this.#most)
      void this.#borrow();
  }

  /** One that cannot be had is the fault of the job that waits for it. */
  async #borrow(): Promise<void> {
    const { id, lease } = this.#lender.borrow();
    this.#coming.add(id);
    try {
      const slot = await this.#open(id, await lease);
      const loan = { id, slot, since: performance.now(), jobs: 1 };
      this.#coming.delete(id);
      this.#here.set(id, loan);
      this.#release(loan);
    } catch (error) {
      this.#coming.delete(id);
      this.#recalled.delete(id);
      this.#line.refuseFirst(asAssayError(error));
      this.#borrowMore();
    }
  }

  async #open(id: number, lease: Lease): Promise<LeasedSlot> {
    try {
      return await LeasedSlot.open(lease);
    } catch (error) {
      this.#lender.giveBack(id, 'broken');
      throw error;
    }
  }
}
