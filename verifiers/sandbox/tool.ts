import type { WarmProgram } from './sandbox.ts';

/** What a slot has for itself: threads count as processes. */
export type Residents = { processes: number; bytes: number };

/** A program that gets a nursery of its own, started with one of our libraries loaded ahead of all others. */
export type Tool = {
  argv: readonly string[];
  library: string;
  /** What that is to load ahead of the first job. */
  libraries: readonly string[];
  residents: Residents;
};

const folder = '/opt/assay';

/** The library that makes a nursery of any native program, `slot/tool.c`, as it is inside. */
export const toolLibrary = `${folder}/tool.so`;
/** The one that makes a nursery of Node, `slot/node.c`. */
export const nodeLibrary = `${folder}/node.so`;

/** A native program, named by its path. */
export const nativeTool = (program: string, libraries: readonly string[]): Tool => ({
  argv: [program],
  library: toolLibrary,
  libraries,
  residents: { processes: 4, bytes: 24 << 20 },
});

/** V8 works in the one thread that a clone has at first, and has one more for the rest. */
const inOneThread = ['--single-threaded', '--v8-pool-size=1'];

/** Node with warm programs, all of which are started with the same options. */
export const warmNode = (programs: readonly WarmProgram[]): Tool => ({
  argv: [
    'node',
    ...inOneThread,
    ...(programs[0]?.node ?? []),
    `${folder}/slot/main.cjs`,
    nodeLibrary,
    ...programs.map(({ module }) => module),
  ],
  library: nodeLibrary,
  libraries: [],
  residents: { processes: 12, bytes: 24 << 20 },
});
