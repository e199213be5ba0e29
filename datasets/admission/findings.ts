import type { Finding } from './certificate.ts';

/** What was found of one demand, without its name. */
export type Found = Omit<Finding, 'rule'>;

export const pass = (message: string): Found => ({ outcome: 'pass', message });
export const fail = (message: string): Found => ({ outcome: 'fail', message });
export const skip = (message: string): Found => ({ outcome: 'skipped', message });

/** One demand on a task of some kind: what was found, as a sentence. */
export type Rule<Context> = { name: string; find(context: Context): Promise<Found> };

/** Looks at demands one after the other, up to the first that is not met. */
export async function lookAt<Context>(rules: readonly Rule<Context>[], context: Context): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, find } of rules) {
    findings.push({ rule: name, ...(await find(context)) });
    if (findings.at(-1)?.outcome === 'fail') break;
  }
  return findings;
}

export const isMet = ({ outcome }: Finding) => outcome !== 'fail';
