import type { Message } from '../envs/index.ts';
import type { TurnTokens } from './trajectory.ts';

/** How a completion is sampled. What is absent is left to the server. */
export type Sampling = {
  temperature?: number;
  topP?: number;
  /** Bounds a completion, so that one without an end is cut and judged (`length`) instead of timing out. */
  maxTokens: number;
  stop?: string[];
};

/** One question to a policy: a chat that it is to continue by one message. */
export type PolicyRequest = {
  /** Stable over the turns of a rollout; servers keep its cache warm by it. */
  rolloutId: string;
  task: string;
  messages: readonly Message[];
  /** Seed of the sampling. */
  seed: number;
};

/** A whole answer of a policy. One that was aborted is an error, never a completion. */
export type Completion = {
  text: string;
  /** As the server names it: `stop`, `length`, `tool_calls`, `content_filter`, ... */
  finishReason: string;
  /** The model that answered, as the server names it. */
  model: string;
  /** What a reasoning model wrote apart from its answer. Not judged. */
  reasoning?: string;
  usage?: TokenUsage;
  tokens?: TurnTokens;
  timings: CompletionTimings;
};

export type TokenUsage = { promptTokens: number; completionTokens: number };

/** `policyMs`: the request that was answered. `waitedMs`: back-pressure and tries before it. */
export type CompletionTimings = { policyMs: number; waitedMs: number };

/**
 * Whoever answers the prompts.
 *
 * Errors of `complete`: `POLICY_UNREACHABLE`, `POLICY_REFUSED`, `POLICY_CONTEXT_FULL`, `POLICY_ABORTED`,
 * `POLICY_MALFORMED`, `POLICY_TIMEOUT`, and `CANCELLED` after `signal`.
 */
export type Policy = {
  complete(request: PolicyRequest, options?: { signal?: AbortSignal }): Promise<Completion>;
  close(): Promise<void>;
};
