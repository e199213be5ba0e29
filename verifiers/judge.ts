import type { Sandbox } from './sandbox/sandbox.ts';
import type { VerifiableTask } from './task.ts';
import type { Check, Isolation, Strength, Tool } from './verdict.ts';

/** What a verifier of one kind is given. `spec` is the task's `verify`, already parsed. */
export type JudgeInput<Spec> = {
  task: VerifiableTask;
  spec: Spec;
  candidate: string;
  /** Decides whatever is drawn at random, e.g. stimulus. */
  seed: number;
  sandbox: Sandbox;
  signal?: AbortSignal;
};

/** What a verifier of one kind answers: its checks with their weights, in the order they ran. */
export type Judgement = {
  checks: Check[];
  /** Whether every check that ran passed, and what the rubric makes of them. */
  reward: number;
  passed: boolean;
  isolation: Isolation;
  strength?: Strength;
  tools: Tool[];
};

/**
 * Judges one candidate of a kind. A failing candidate is data; faults of the machine or of the task are thrown as
 * `AssayError` with their code.
 */
export type Judge<Spec> = (input: JudgeInput<Spec>) => Promise<Judgement>;
