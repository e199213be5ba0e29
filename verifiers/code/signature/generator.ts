import type { JobFile } from '../../sandbox/index.ts';
import type { NativeFunction } from './native.ts';
import type { Signature, Type } from './type.ts';

/** A function by its name, with its declared type. */
export type Declared = { name: string; signature: Signature };

/**
 * Makes what connects functions of a compiled language with the values that travel. Everything it writes is told by
 * the declared types alone: no value of a test is in it.
 */
export type Generator<Native extends NativeFunction = NativeFunction> = {
  /** A type as the language has it; undefined where it has none for it. */
  native(type: Type, place: 'parameter' | 'result'): string | undefined;
  /** Arguments are given away, so that how they stand after a call cannot be told. */
  givesAway?: true;
  /** What is compiled with the candidate, and decodes, calls and encodes. */
  driver(functions: readonly Declared[]): Driver;
  /** For suites that run apart from the candidate, in a language that has them. */
  suites?: SuiteGenerator<Native>;
};

/** What a candidate is compiled and started with. */
export type Driver = {
  files: JobFile[];
  /** What stands behind its text. */
  appended?: string;
  /** Replaces what has to be replaced in its text. */
  candidate?: (text: string) => string;
  /** Its file, where that is not the usual one. */
  main?: string;
  /** For the driver, in its first line. */
  firstLine?: Record<string, unknown>;
};

/** The text of a suite, and the names under which it may include the candidate. */
export type SuiteText = { framework: string; text: string; modules: readonly string[] };

/**
 * Makes the two ends of a talk between a suite and a candidate, both from the headers of the functions that the suite
 * calls: what decodes and calls on the candidate's side, and on the other what has the same headers and asks.
 */
export type SuiteGenerator<Native extends NativeFunction = NativeFunction> = {
  /** The header of a declared function. */
  header(declared: Declared): string;
  /** Throws a `HeaderError` for a header that cannot be read, or has types whose values cannot travel. */
  readHeader(header: string): Native;
  driver(functions: readonly Native[], suite: SuiteText): Driver;
  /** What is compiled as the suite. */
  suite(functions: readonly Native[], suite: SuiteText): JobFile[];
};

/** The first type of a signature that a language does not have. */
export function unknownType({ native }: Generator, { parameters, returns }: Signature): Type | undefined {
  return (
    parameters.find((type) => native(type, 'parameter') === undefined) ??
    (native(returns, 'result') === undefined ? returns : undefined)
  );
}
