import { join } from 'node:path';
import { packageRoot } from '../paths.ts';
import type { SandboxNeeds } from '../sandbox/index.ts';
import { driversFolder, warmPrograms } from './languages.ts';

/** What the code verifier needs inside the sandbox: its drivers, its warm programs and its services. */
export const codeNeeds: SandboxNeeds = {
  services: {},
  mounts: [{ source: join(packageRoot, 'verifiers/code/drivers'), target: driversFolder }],
  warm: warmPrograms,
};
