import { type Command, InvalidArgumentError } from 'commander';
import type { PolicyOptions } from '../rollout/index.ts';
import { atLeast } from './sandbox-options.ts';

/** The options that name a policy and say how it samples. */
export type PolicyFlags = {
  policy: string;
  model?: string;
  temperature?: number;
  topP?: number;
  maxTokens: number;
  stop?: string[];
  extraBody?: Record<string, unknown>;
  policyDeadline?: number;
  maxWait?: number;
};

/** Fields of a request that are ours to set. */
const ownFields = ['messages', 'model', 'n', 'seed', 'stream'];

/** Adds the options of `PolicyFlags` to a command. */
export function addPolicyOptions(command: Command): Command {
  return command
    .option('--policy <policy>', 'base URL of an OpenAI-compatible API, "replay" or "reference"', 'replay')
    .option('--model <name>', 'model to ask for (default: the first that the server lists)')
    .option('--temperature <t>', "sampling temperature (default: the server's)", within(0, 2))
    .option('--top-p <p>', "nucleus sampling (default: the server's)", within(0, 1))
    .option('--max-tokens <n>', 'length of a completion, which is cut there and judged', atLeast(1), 4096)
    .option('--stop <text...>', 'texts that end a completion')
    .option('--extra-body <json>', 'further fields of the request, e.g. \'{"top_k": 20}\'', extraBody)
    .option(
      '--policy-deadline <s>',
      'seconds that one request may take (default: 1800)',
      within(0.001, 864_000),
    )
    .option('--max-wait <s>', 'seconds to wait for a busy policy server (default: 600)', within(0, 864_000));
}

/** What the policies read, out of what commander has parsed. */
export function readPolicyOptions(flags: PolicyFlags): PolicyOptions {
  const { policy, model, temperature, topP, maxTokens, stop, extraBody, policyDeadline, maxWait } = flags;
  return {
    policy,
    sampling: { maxTokens, ...given({ temperature, topP, stop }) },
    ...given({ model, extraBody, deadlineMs: inMs(policyDeadline), maxWaitMs: inMs(maxWait) }),
  };
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function given<T extends object>(options: T): Given<T> {
  // Only what is undefined was taken away.
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>;
}

function inMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

function within(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== '' && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`A number from ${least} to ${most} was expected.`);
  };
}

function extraBody(text: string): Record<string, unknown> {
  const fields = parseObject(text);
  const taken = ownFields.find((field) => field in fields);
  if (taken) throw new InvalidArgumentError(`"${taken}" is set by Assay itself.`);
  return fields;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    // What is an object and no list has its fields read as unknown.
    if (typeof value === 'object' && value && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {}
  throw new InvalidArgumentError('A JSON object was expected.');
}
