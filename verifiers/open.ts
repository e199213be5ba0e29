import { chipNeeds } from './chip/needs.ts';
import { codeNeeds } from './code/needs.ts';
import {
  type OpenSandboxOptions,
  openSandbox,
  type SandboxHost,
  type SandboxNeeds,
} from './sandbox/index.ts';

const needs: SandboxNeeds = {
  services: { ...codeNeeds.services, ...chipNeeds.services },
  mounts: [...codeNeeds.mounts, ...chipNeeds.mounts],
  warm: [...codeNeeds.warm, ...chipNeeds.warm],
};

/** Opens a sandbox with everything that the verifiers of all kinds need inside of it. */
export function openVerifierSandbox(options: Omit<OpenSandboxOptions, 'needs'> = {}): Promise<SandboxHost> {
  return openSandbox({ ...options, needs });
}
