import { hash } from 'node:crypto';
import type { Blame } from './errors.ts';

/** One message about the candidate's own code. `line` and `column` count from 1. */
export type Diagnostic = {
  severity: 'error' | 'warning' | 'info';
  message: string;
  file?: string;
  line?: number;
  column?: number;
  code?: string;
};

/** One graded aspect of a candidate. `score` lies in [0, 1]; `weight` is its share before normalising. */
export type Check = {
  name: string;
  outcome: 'pass' | 'fail' | 'skipped';
  score: number;
  weight: number;
  passedCount?: number;
  totalCount?: number;
  diagnostics: Diagnostic[];
  /** What a person needs to believe the outcome. Never shown to a policy unless its task allows it. */
  evidence?: unknown;
};

/** What judging cost, summed over all sandboxed processes; `peakMemoryBytes` is the largest of them. */
export type Usage = { cpuMs: number; wallMs: number; peakMemoryBytes: number };

export type Tool = { name: string; version: string };

/** `full`: namespaces, seccomp and cgroups; `namespaces`: without cgroups; `none`: `--unsafe-no-sandbox`. */
export type SandboxLevel = 'full' | 'namespaces' | 'remote' | 'none';

export type Isolation = 'split' | 'shared';

/** How much a pass means: driven by fixed stimulus, random stimulus, a bounded or a complete proof. */
export type Strength = 'directed' | 'random' | 'bounded' | 'proved';

export type NoVerdictError = { blame: Blame; code: string; message: string; retryable: boolean };

/** The end of one verification: a reward with the checks that made it, or a typed reason why there is none. */
export type Verdict = {
  task: string;
  candidateSha256: string;
  seed: number;
  attempt: number;
  checks: Check[];
  isolation: Isolation;
  strength?: Strength;
  sandbox: SandboxLevel;
  tools: Tool[];
  usage: Usage;
} & ({ status: 'scored'; reward: number; passed: boolean } | { status: 'no-verdict'; error: NoVerdictError });

/** SHA-256 of the candidate's UTF-8 text, in hex. */
export function sha256(text: string): string {
  return hash('sha256', text);
}
