import { spawn } from 'node:child_process';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeFolder, nodePackage } from '../verifiers/code/languages/candidate-node.ts';
import { AssayError } from '../verifiers/errors.ts';
import { exitCodes } from './exit-codes.ts';

/** Fetches the Node that candidates are to run in, from npm into the cache folder. */
export async function installNode(signal: AbortSignal): Promise<number> {
  const folder = nodeFolder();
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  try {
    await writeFile(join(draft, 'package.json'), '{ "private": true }\n');
    await npmInstall(draft, signal);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  process.stdout.write(`Node ${nodePackage.version} is in ${folder}; candidates run in it from now on\n`);
  return exitCodes.passed;
}

function npmInstall(folder: string, signal: AbortSignal): Promise<void> {
  const { name, version } = nodePackage;
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn('npm', [...words, `${name}@${version}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    signal,
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(failed())));
  });
}

const failed = () =>
  new AssayError(
    'TOOL_MISSING',
    `npm could not install ${nodePackage.name}@${nodePackage.version} — see its message above; it needs the network; without it, candidates run in the Node that runs Assay, ${process.version}`,
  );
