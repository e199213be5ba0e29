import type { JobFile } from '../../sandbox/index.ts';
import type { Toolchain } from '../languages/toolchain.ts';

/** A tree that is ready to be tested. */
export type Built = {
  files: readonly JobFile[];
  /** The modules that suites need of it, as one. */
  script?: string;
  /** What its build found on this machine. */
  toolchain?: Toolchain;
};
