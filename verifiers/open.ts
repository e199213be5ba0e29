import { codeNeeds } from './code/needs.ts';
import { type OpenSandboxOptions, openSandbox, type SandboxHost } from './sandbox/index.ts';

/** Opens a sandbox with everything that the verifiers of all kinds need inside of it. */
export function openVerifierSandbox(options: Omit<OpenSandboxOptions, 'needs'> = {}): Promise<SandboxHost> {
  return openSandbox({ ...options, needs: codeNeeds });
}
