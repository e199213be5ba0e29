import type { NoVerdictError } from '../verifiers/verdict.ts';
import type { PlannedRollout } from './plan.ts';
import type { EpisodeAnswer, EpisodeOrder } from './pool.ts';
import { type Outcome, outcomeOf, type RolloutRow } from './rollout-row.ts';
import { after, mustStop, type StopRule, stopRule } from './stop-rule.ts';

/** What a run of episodes does to the outside. */
export type EpisodeRunOptions = {
  concurrency: number;
  /** Rejects when the episode was lost. */
  play(order: EpisodeOrder): Promise<EpisodeAnswer>;
  /** Which try this is of a rollout. */
  tryOf(id: string): number;
  /** The row that tells of a lost episode. */
  lost(order: EpisodeOrder, thrown: unknown): RolloutRow;
  /** Resolves when the row is safe. */
  record(row: RolloutRow): Promise<void>;
  recorded(outcome: Outcome): void;
  /** Ends the episodes under way. */
  cancel(): void;
};

/**
 * Plays planned rollouts, so many at a time, and has each recorded before the next takes its place. It stops early
 * when told to, when a row cannot be recorded, and by the `StopRule`; what was under way then is not recorded.
 */
export class EpisodeRun {
  /** Why nothing went on any more, after the `StopRule` ended the run. */
  stoppedBy: NoVerdictError | undefined;
  readonly #options: EpisodeRunOptions;
  #rule: StopRule;
  #stopping = false;

  constructor(options: EpisodeRunOptions) {
    this.#options = options;
    this.#rule = stopRule(options.concurrency);
  }

  /** Resolves when nothing is under way any more. Rejects with what kept a row from being recorded. */
  async playAll(left: readonly PlannedRollout[]): Promise<void> {
    const queue = left.values();
    const lanes = Array.from({ length: this.#options.concurrency }, () => this.#playFrom(queue));
    const ends = await Promise.allSettled(lanes);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  stop(): void {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#options.cancel();
  }

  async #playFrom(queue: IterableIterator<PlannedRollout>): Promise<void> {
    while (!this.#stopping) {
      const { value: planned, done } = queue.next();
      if (done) return;
      await this.#playOne(planned);
    }
  }

  async #playOne(planned: PlannedRollout): Promise<void> {
    const { play, tryOf, lost, record, recorded } = this.#options;
    const order = { planned, tried: tryOf(planned.id) };
    const answer = await play(order).catch((thrown: unknown) => ({ row: lost(order, thrown) }));
    if (this.#stopping || 'cancelled' in answer) return;
    this.#judgeRun(answer.row);
    try {
      await record(answer.row);
    } catch (thrown) {
      this.stop();
      throw thrown;
    }
    recorded(outcomeOf(answer.row));
  }

  #judgeRun(row: RolloutRow): void {
    this.#rule = after(this.#rule, outcomeOf(row));
    if (!mustStop(this.#rule)) return;
    this.stoppedBy = row.error;
    this.stop();
  }
}
