import { chipNeeds } from './chip/icarus/needs.ts';
import { codeNeeds } from './code/needs.ts';
import {
  type OpenSandboxOptions,
  openSandbox,
  type SandboxHost,
  type SandboxNeeds,
} from './sandbox/index.ts';

function allNeeds(): SandboxNeeds {
  const code = codeNeeds();
  return {
    services: { ...code.services, ...chipNeeds.services },
    mounts: [...code.mounts, ...chipNeeds.mounts],
    ...(code.path && { path: code.path }),
    warm: [...code.warm, ...chipNeeds.warm],
    ...(code.warmPartners && { warmPartners: code.warmPartners }),
  };
}

/** Opens a sandbox with everything that the verifiers of all kinds need inside of it. */
export function openVerifierSandbox(options: Omit<OpenSandboxOptions, 'needs'> = {}): Promise<SandboxHost> {
  return openSandbox({ ...options, needs: allNeeds() });
}
