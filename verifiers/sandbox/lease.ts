import type { CgroupPlace } from './cgroup.ts';
import type { WarmProgram } from './sandbox.ts';
import type { Tool } from './tool.ts';

/** What it takes to run jobs in a warm slot by its relay. */
export type Lease = {
  /** Where the relay listens. It serves one connection at a time. */
  socket: string;
  cgroup?: CgroupPlace;
  programs: readonly WarmProgram[];
  /** The tools that the slot keeps loaded, in the order of their numbers. */
  tools: readonly Tool[];
};

/** How a slot comes back: with the tools that it keeps loaded now, or as one that has to be started anew. */
export type Returned = { tools: readonly Tool[] } | 'broken';
