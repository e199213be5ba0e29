import { nodeFolder, nodePackage } from '../verifiers/code/languages/candidate-node.ts';
import { exitCodes } from './exit-codes.ts';
import { installPackage } from './install-package.ts';

/** Fetches the Node that candidates are to run in, from npm into the cache folder. */
export async function installNode(signal: AbortSignal): Promise<number> {
  const folder = nodeFolder();
  const without = `candidates run in the Node that runs Assay, ${process.version}`;
  await installPackage(nodePackage, folder, without, signal);
  process.stdout.write(`Node ${nodePackage.version} is in ${folder}; candidates run in it from now on\n`);
  return exitCodes.passed;
}
