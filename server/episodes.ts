import { randomUUID } from 'node:crypto';
import type { Task } from '../datasets/task.ts';
import type { Info, Observation, StepResult } from '../envs/index.ts';
import type { Sandbox } from '../verifiers/sandbox/sandbox.ts';
import { Episode, type StepRequest } from './episode.ts';
import type { Gate } from './gate.ts';
import type { ServerLimits } from './limits.ts';
import { Problem } from './problem.ts';

export type EpisodesOptions = { sandbox: Sandbox; gate: Gate; limits: ServerLimits };
export type ResetRequest = { task: Task; seed: number; turns?: number };
export type Opened = { episode: string; observation: Observation; info: Info };

/** The open episodes of a server: bounded in number, and closed when nobody has used them for a while. */
export class Episodes {
  readonly #options: EpisodesOptions;
  readonly #open = new Map<string, Episode>();
  readonly #expiries = new Map<string, NodeJS.Timeout>();

  constructor(options: EpisodesOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#open.size;
  }

  /** Starts an episode. `EPISODES_FULL` when there is no room and none of the open ones has ended. */
  async reset({ seed, ...request }: ResetRequest): Promise<Opened> {
    // Throws before the new one is counted; the old one stops counting at once.
    const roomMade = this.#makeRoom();
    const { sandbox, gate, limits } = this.#options;
    const id = randomUUID();
    const episode = new Episode({ ...request, sandbox, gate, stepMs: limits.requestMs });
    this.#open.set(id, episode);
    this.#postpone(id);
    await roomMade;
    try {
      return { episode: id, ...(await episode.reset(seed)) };
    } catch (thrown) {
      await this.close(id);
      throw thrown;
    }
  }

  /** Judges one answer, as `Episode.step`. `EPISODE_NOT_FOUND` for one that was closed or has expired. */
  async step(id: string, request: StepRequest, gone: AbortSignal): Promise<StepResult> {
    const episode = this.#find(id);
    try {
      return await episode.step(request, gone);
    } finally {
      this.#postpone(id);
    }
  }

  async close(id: string, reason = new Problem('EPISODE_CLOSED', 'the episode was closed')): Promise<void> {
    const episode = this.#find(id);
    clearTimeout(this.#expiries.get(id));
    this.#expiries.delete(id);
    this.#open.delete(id);
    await episode.close(reason);
  }

  async closeAll(reason: Problem): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.close(id, reason)));
  }

  #find(id: string): Episode {
    const episode = this.#open.get(id);
    if (episode) return episode;
    const seconds = this.#options.limits.episodeIdleMs / 1000;
    throw new Problem(
      'EPISODE_NOT_FOUND',
      `no such episode: it was never started here, was closed, or was not used for ${seconds} s`,
    );
  }

  /** Episodes that have ended are kept for repeated requests only, so the oldest of them gives way. */
  #makeRoom(): Promise<void> {
    if (this.#open.size < this.#options.limits.episodes) return Promise.resolve();
    const [ended] = [...this.#open].find(([, episode]) => episode.ended) ?? [];
    if (ended === undefined) {
      throw new Problem(
        'EPISODES_FULL',
        `${this.#open.size} episodes are open; close those you are done with`,
      );
    }
    return this.close(ended);
  }

  /** Starts the idle time of an episode anew. One with a running step is not idle. */
  #postpone(id: string): void {
    clearTimeout(this.#expiries.get(id));
    if (!this.#open.has(id)) return;
    const expire = () => (this.#open.get(id)?.busy ? this.#postpone(id) : void this.close(id));
    this.#expiries.set(id, setTimeout(expire, this.#options.limits.episodeIdleMs).unref());
  }
}
