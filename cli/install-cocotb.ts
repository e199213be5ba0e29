import { spawn } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cocotbSource } from '../verifiers/chip/icarus/needs.ts';
import { AssayError } from '../verifiers/errors.ts';
import { findPython } from '../verifiers/sandbox/index.ts';
import { exitCodes } from './exit-codes.ts';

/** The versions with which CVDP's own image runs its harnesses. */
const packages = ['cocotb==2.0.1', 'pytest==8.3.2'];

/** Fills the folder that harnesses import cocotb from, with packages for the interpreter of the sandbox. */
export async function installCocotb(signal: AbortSignal): Promise<number> {
  const folder = cocotbSource();
  const draft = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  try {
    await pip(['install', '--quiet', '--disable-pip-version-check', '--target', draft, ...packages], signal);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  process.stdout.write(`${packages.join(' and ')} are in ${folder}\n`);
  return exitCodes.passed;
}

function pip(words: readonly string[], signal: AbortSignal): Promise<void> {
  const { executable } = findPython();
  const child = spawn(executable, ['-m', 'pip', ...words], {
    stdio: ['ignore', 'inherit', 'inherit'],
    signal,
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(failed(executable))));
  });
}

const failed = (executable: string) =>
  new AssayError(
    'TOOL_MISSING',
    `"${executable} -m pip" could not install ${packages.join(' and ')} — see its message above; it needs pip (Debian: apt-get install python3-pip) and the network`,
  );
