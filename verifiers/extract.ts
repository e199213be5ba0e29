import type { Check } from './verdict.ts';

/** The candidate taken out of a completion, with the check that records how; no candidate when the check failed. */
export type Extraction = { candidate?: string; check: Check };

export function extractCandidate(completion: string, _language: string): Extraction {
  const check: Check = { name: 'extract', outcome: 'pass', score: 1, weight: 0, diagnostics: [] };
  return { candidate: completion, check };
}
