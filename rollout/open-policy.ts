import type { Task } from '../datasets/task.ts';
import { type OpenAiPolicyOptions, openAiPolicy } from './openai/openai-policy.ts';
import type { Policy } from './policy.ts';
import { referencePolicy } from './reference-policy.ts';

/** A policy as plain data, for a worker thread to open. It holds no key: that stays in the environment. */
export type PolicySpec =
  | { kind: 'reference' }
  | ({ kind: 'openai'; sendKey: boolean } & Omit<OpenAiPolicyOptions, 'apiKey'>);

/** Opens a policy. `tasks` are those that it will be asked about. */
export function openPolicy(spec: PolicySpec, tasks: Iterable<Task>): Policy {
  if (spec.kind === 'reference') return referencePolicy(tasks);
  const { kind: _, sendKey, ...options } = spec;
  return openAiPolicy({ ...options, ...keyOption(sendKey) });
}

/** The key of the policy server, where the environment has one. It is never written anywhere. */
export function keyOption(sendKey: boolean): { apiKey?: string } {
  const apiKey = process.env.ASSAY_POLICY_API_KEY || process.env.OPENAI_API_KEY;
  return sendKey && apiKey ? { apiKey } : {};
}
