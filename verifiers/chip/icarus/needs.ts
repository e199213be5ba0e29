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

export const probeToolsProgram = ['python3', `${inside}/probe_tools.py`] as const;

/** What the chip verifier needs inside the sandbox. */
export const chipNeeds: SandboxNeeds = {
  services: {},
  mounts: [
    { source: join(packageRoot, 'verifiers/chip/programs'), target: inside },
    { source: cocotbSource(), target: cocotbMount },
  ],
  warm: [],
};
