import { AssayError } from '../errors.ts';
import type { Lease, Returned } from './lease.ts';
import type { Slot } from './slot.ts';
import { createTurns, type Turns } from './turns.ts';
import { WarmSlot } from './warm-slot.ts';

/** A client that borrows a slot. */
export type Borrower = {
  /** Has the slot until this resolves. */
  use(lease: Lease): Promise<Returned>;
  /** Asks for the slot back, since others wait. */
  recall(): void;
};

/** The slots of a launcher. Each is used by the launcher itself, or lent to a client until others need it. */
export class Lending {
  readonly #turns: Turns<Slot>;
  /** Those who have a slot and were not asked for it yet. */
  readonly #borrowers = new Set<Borrower>();

  constructor(slots: readonly Slot[], queueLength: number) {
    const make = (index: number) => {
      const slot = slots[index];
      if (!slot) throw new Error(`there is no slot ${index}`);
      return slot;
    };
    this.#turns = createTurns(slots.length, queueLength, make, () => this.#recall());
  }

  take<R>(use: (slot: Slot) => Promise<R>, signal: AbortSignal): Promise<R> {
    return this.#turns.take(use, signal);
  }

  /** Resolves when the slot has come back. */
  lend(borrower: Borrower, signal: AbortSignal): Promise<void> {
    return this.take(async (slot) => {
      if (!(slot instanceof WarmSlot))
        throw new AssayError('SANDBOX_FAULT', 'slots of this kind are not lent');
      const lease = await slot.lend();
      this.#borrowers.add(borrower);
      if (this.#turns.waiting() > 0) this.#recall();
      slot.takeBack(await borrower.use(lease));
      this.#borrowers.delete(borrower);
    }, signal);
  }

  /** All of them: who does not need a slot gives it back at once, and who does has a turn. */
  #recall(): void {
    for (const borrower of this.#borrowers) borrower.recall();
    this.#borrowers.clear();
  }
}
