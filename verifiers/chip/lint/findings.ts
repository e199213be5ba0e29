import type { Diagnostic } from '../../verdict.ts';
import { costs, familyOf, type Standing } from './codes.ts';

/** What a tool found in a design, and how it counts. */
export type Finding = { standing: Standing; diagnostic: Diagnostic };

/** What two tools found, without what the second says of the same line once more. */
export function joined(first: readonly Finding[], second: readonly Finding[]): Finding[] {
  const known = new Set(first.map(placeOf));
  return [...first, ...second.filter((finding) => !known.has(placeOf(finding)))];
}

const placeOf = ({ diagnostic: { code = '', line } }: Finding) => `${familyOf(code)} ${line}`;

/** From 1 down to 0, by what each finding costs; the same on one line costs once. */
export function scoreOf(findings: readonly Finding[]): number {
  const each = new Map(findings.map((finding) => [placeOf(finding), costs[finding.standing]]));
  return Math.max(0, 100 - [...each.values()].reduce((sum, cost) => sum + cost, 0)) / 100;
}

/** What there is to tell, the worst first; style is not told. */
export function told(findings: readonly Finding[]): Diagnostic[] {
  return findings
    .filter(({ standing }) => standing !== 'style')
    .sort((a, b) => costs[b.standing] - costs[a.standing])
    .map(({ diagnostic }) => diagnostic);
}
