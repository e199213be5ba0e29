/**
 * Bodies of functions by the numbers of their problems in HumanEval: one that is right, and what of it is replaced, by
 * what, to make it wrong.
 */
export type Solutions = Readonly<Record<number, readonly [right: string, part: string, instead: string]>>;
