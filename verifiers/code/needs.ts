import { join } from 'node:path';
import { packageRoot } from '../paths.ts';
import type { Mount, SandboxNeeds, ServiceSpec } from '../sandbox/index.ts';
import { driversFolder, warmPrograms } from './languages.ts';
import { packageFolder } from './packages.ts';
import { typeCheckerService } from './type-checker.ts';

const home = '/opt/assay';
const platform = `${process.platform}-${process.arch}`;

/** What the checking service imports: the two compilers and, of each, the program for this platform. */
const packages: readonly { name: string; from?: string }[] = [
  { name: 'typescript' },
  { name: `@typescript/typescript-${platform}`, from: 'typescript' },
  { name: 'esbuild' },
  { name: `@esbuild/${platform}`, from: 'esbuild' },
];

const typeChecker: ServiceSpec = {
  argv: ['node', '--experimental-vm-modules', '--no-warnings', `${home}/checker/service-main.js`],
  memoryBytes: 1 << 30,
  processes: 96,
};

/** What the code verifier needs inside the sandbox: its drivers, its warm programs and its services. */
export const codeNeeds: SandboxNeeds = {
  services: { [typeCheckerService]: typeChecker },
  mounts: [
    { source: join(packageRoot, 'verifiers/code/drivers'), target: driversFolder },
    { source: join(packageRoot, 'dist/verifiers/code/checker'), target: `${home}/checker` },
    // Says that the service's files are modules.
    { source: join(packageRoot, 'package.json'), target: `${home}/package.json` },
    ...packages.map(packageMount),
  ],
  warm: warmPrograms,
};

function packageMount({ name, from }: { name: string; from?: string }): Mount {
  return { source: packageFolder(name, from), target: `${home}/node_modules/${name}` };
}
