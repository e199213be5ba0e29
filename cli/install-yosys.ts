import { yosysPackage, yosysSource } from '../verifiers/chip/icarus/needs.ts';
import { exitCodes } from './exit-codes.ts';
import { installPackage } from './install-package.ts';

/** Fetches the build of Yosys for Node, for machines that have no Yosys, from npm into the cache folder. */
export async function installYosys(signal: AbortSignal): Promise<number> {
  const folder = yosysSource();
  await installPackage(yosysPackage, folder, 'nothing is proved where there is no Yosys', signal);
  process.stdout.write(
    `${yosysPackage.name} ${yosysPackage.version} is in ${folder}; it proves where there is no yosys\n`,
  );
  return exitCodes.passed;
}
