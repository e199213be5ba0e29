import { join } from 'node:path';
import { cacheFolder } from '../../cache-folder.ts';
import { packageRoot } from '../../paths.ts';
import type { SandboxNeeds } from '../../sandbox/index.ts';

const inside = '/opt/assay/chip';

/** Where harnesses in Python find cocotb, inside; there only where it is installed, see `assay tools cocotb`. */
export const cocotbMount = '/opt/assay/cocotb';

/** The folder of cocotb and pytest on this machine: one of the user's own, or that of `assay tools cocotb`. */
export function cocotbSource(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.ASSAY_COCOTB || join(cacheFolder(environment), 'cocotb');
}

/** The build of Yosys for Node that `assay tools yosys` fetches, for machines without a Yosys of their own. */
export const yosysPackage = { name: '@yowasp/yosys', version: '0.55.944' };

/** The folder of that build on this machine: one of the user's own, or that of `assay tools yosys`. */
export function yosysSource(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.ASSAY_YOSYS || join(cacheFolder(environment), `yosys-${yosysPackage.version}`);
}

export const probeToolsProgram = ['python3', `${inside}/probe_tools.py`] as const;

/** What the chip verifier needs inside the sandbox. */
export const chipNeeds: SandboxNeeds = {
  services: {},
  mounts: [
    { source: join(packageRoot, 'verifiers/chip/programs'), target: inside },
    { source: cocotbSource(), target: cocotbMount },
    { source: yosysSource(), target: '/opt/assay/yosys' },
  ],
  warm: [],
};
