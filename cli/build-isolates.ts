import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { isolatesPackage } from '../verifiers/code/isolates/service.ts';
import { candidateNode } from '../verifiers/code/languages/candidate-node.ts';
import { AssayError } from '../verifiers/errors.ts';
import { packageRoot } from '../verifiers/paths.ts';
import { exitCodes } from './exit-codes.ts';

/** Builds the package that runs JavaScript candidates in V8 isolates, for the Node of candidates; the set-up runs no install script. */
export async function buildIsolates(signal: AbortSignal): Promise<number> {
  const child = spawn('npm', ['rebuild', isolatesPackage, '--foreground-scripts', '--loglevel=error'], {
    cwd: packageRoot,
    env: { ...process.env, PATH: [dirname(candidateNode()), process.env.PATH].join(delimiter) },
    stdio: ['ignore', 'inherit', 'inherit'],
    signal,
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (code === 0) return exitCodes.passed;
  throw new AssayError(
    'TOOL_MISSING',
    `npm could not build ${isolatesPackage} — see its message above; it needs a C++ compiler, make and Python (Debian: apt-get install g++ make python3) and the network; without it, JavaScript candidates get a process each`,
  );
}
