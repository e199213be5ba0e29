import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AssayError } from '../errors.ts';
import { baseEnvironment, bubblewrapArguments } from './bubblewrap.ts';
import type { Cell, Ulimits } from './cell.ts';
import type { Job, Limits } from './job.ts';
import { diskError, nameless } from './memory-file.ts';
import { outside, outsidePath } from './outside.ts';
import { seccompFilter } from './seccomp.ts';
import type { View } from './view.ts';

/** A job made ready to be spawned. */
export type Prepared = {
  command: string[];
  /** Files for the child to inherit, as descriptors in this order. */
  descriptors: number[];
  /** The descriptor after those, on which bubblewrap reports that the program has started. */
  statusFd?: number;
  /** The working folder, where the job has no file system of its own. */
  cwd?: string;
  cleanUp(): void;
};

/** Makes a job ready whose inherited files begin at descriptor `firstFd`. `folder` takes temporary files. */
export type Prepare = (job: Job, cell: Cell, view: View, folder: string, firstFd: number) => Prepared;

/** In a bubblewrap of its own. */
export const enclose: Prepare = (job, cell, view, folder, firstFd) => {
  requireProgram(job.argv[0] ?? '', view);
  const contents = [seccompFilter(), ...(job.files ?? []).map((file) => file.content)];
  const descriptors = contents.map((content) => nameless(folder, content));
  const statusFd = firstFd + descriptors.length;
  const enclosure = {
    view,
    environment: { ...baseEnvironment(view), ...job.env },
    diskBytes: job.limits.diskBytes,
    seccompFd: firstFd,
    statusFd,
    files: (job.files ?? []).map(({ path }, index) => ({ fd: firstFd + 1 + index, path })),
  };
  const argv = ['bwrap', ...bubblewrapArguments(enclosure), ...commandOf(job)];
  return { command: cell.enter(argv, ulimitsOf(job.limits, cell)), descriptors, statusFd, cleanUp: () => {} };
};

/** As an ordinary process of the user, with nothing between it and the machine. */
export const expose: Prepare = (job, cell, view, folder) => {
  const cwd = mkdtempSync(join(folder, 'work-'));
  try {
    for (const { path, content } of job.files ?? []) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), content);
    }
  } catch (error) {
    throw diskError(error, cwd);
  }
  const argv = commandOf(job).map((word) => outside(word, view.mounts, cwd));
  const PATH = outsidePath(view.path, view.mounts);
  const environment = Object.entries({ ...baseEnvironment(view), PATH, ...job.env });
  const variables = environment.map(([name, value]) => `${name}=${value}`);
  const command = cell.enter(['env', '-i', ...variables, ...argv], ulimitsOf(job.limits, cell));
  return { command, descriptors: [], cwd, cleanUp: () => rmSync(cwd, { recursive: true, force: true }) };
};

/** By way of a file, since standard output may be a socket, which nothing opens by its path in `/proc`. */
const withProduct = '"$@" 9>.product 1>&2; code=$?; cat .product; exit $code';

function commandOf({ argv, product }: Job): readonly string[] {
  return product ? ['sh', '-c', withProduct, 'sh', ...argv] : argv;
}

function ulimitsOf(limits: Limits, { cgroup }: Cell): Ulimits {
  return {
    c: 0,
    t: Math.floor(limits.cpuMs / 1000) + 2,
    f: Math.ceil(limits.diskBytes / 512),
    n: 256,
    ...(!cgroup && { d: Math.ceil(limits.memoryBytes / 1024) }),
  };
}

/** A program of the toolchain that is not there is no doing of the candidate's; one in its own folder is. */
function requireProgram(program: string, { path, mounts }: View): void {
  if (program.startsWith('/work/') || program.startsWith('.')) return;
  const places = program.startsWith('/') ? [program] : path.split(':').map((folder) => join(folder, program));
  if (places.some((place) => existsSync(outside(place, mounts, '')))) return;
  throw new AssayError('TOOL_MISSING', `cannot start ${program}: there is none in the sandbox`);
}
