import type { WireValue } from '../shared-spec.ts';

/** The arguments of one call, and the choices that they were made from. */
export type Input = { args: WireValue[]; choices: readonly number[] };
