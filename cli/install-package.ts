import { spawn } from 'node:child_process';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../verifiers/errors.ts';

export type NpmPackage = { name: string; version: string };

/** Fetches a package from npm into a folder of its own, which is there whole or not at all. `without` ends the refusal. */
export async function installPackage(
  { name, version }: NpmPackage,
  folder: string,
  without: string,
  signal: AbortSignal,
): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  try {
    await writeFile(join(draft, 'package.json'), '{ "private": true }\n');
    await npmInstall(`${name}@${version}`, draft, without, signal);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function npmInstall(wanted: string, folder: string, without: string, signal: AbortSignal): Promise<void> {
  const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn('npm', [...words, wanted], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    signal,
  });
  const failed = () =>
    new AssayError(
      'TOOL_MISSING',
      `npm could not install ${wanted} — see its message above; it needs the network; without it, ${without}`,
    );
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(failed())));
  });
}
