import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { packageRoot } from '../paths.ts';
import type { Mount, SandboxNeeds, ServiceSpec, WarmProgram } from '../sandbox/index.ts';
import { buildDriver } from './build.ts';
import { isolatesPackage, isolatesService, isolatesSpec } from './isolates/service.ts';
import { cacheFolder, cacheInside } from './languages/cache.ts';
import { candidateNode } from './languages/candidate-node.ts';
import { callsDriver, languages } from './languages/index.ts';
import { packageFolder } from './packages.ts';
import { programsDriver } from './programs/driver.ts';
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

/** For the compilers, which are written in Go: few collections of a small heap, and no threads beside the one that works. */
const collector = ['GOGC=400', 'GOMEMLIMIT=700MiB', 'GOMAXPROCS=1'];

const typeChecker: ServiceSpec = {
  argv: [
    'env',
    ...collector,
    'node',
    '--experimental-vm-modules',
    '--no-warnings',
    `${home}/checker/service-main.js`,
  ],
  memoryBytes: 1 << 30,
  processes: 96,
};

const driversFolder = `${home}/drivers`;
const bundlesFolder = `${home}/bundles`;

const rows = [...languages.values()];
const suites = rows.flatMap((row) => row.suites ?? []);
const warmPrograms = [
  ...inPython([programsDriver, buildDriver, ...rows.map(callsDriver)]),
  ...forNode([...rows.map(callsDriver), ...suites.map(({ beside }) => beside?.run ?? [])]),
];
const leaders = suites.map(({ run }) => run);
const warmPartners = [
  ...inPython(leaders),
  ...forNode([...leaders, ...rows.map(({ run }) => run.calls?.helpers ?? [])]),
];

/** Drivers in Python are kept warm: a job that begins with their command is forked from them. */
function inPython(drivers: readonly (readonly string[])[]): WarmProgram[] {
  return drivers
    .filter((argv) => argv.at(-1)?.startsWith(driversFolder) && argv.at(-1)?.endsWith('.py'))
    .map((argv) => ({ argv, module: argv.at(-1) ?? '' }));
}

/** So are those for Node, which are the same for JavaScript and TypeScript. */
function forNode(drivers: readonly (readonly string[])[]): WarmProgram[] {
  const byModule = new Map(drivers.map((argv) => [argv.at(-1) ?? '', argv]));
  return [...byModule]
    .filter(([module]) => module.startsWith(bundlesFolder))
    .map(([module, argv]) => ({ argv, module, node: argv.slice(1, -1) }));
}

/** What the code verifier needs inside the sandbox: its drivers, its warm programs and its services. */
export const codeNeeds = (): SandboxNeeds => ({
  services: { [typeCheckerService]: typeChecker, [isolatesService]: isolatesSpec },
  mounts: [
    { source: join(packageRoot, 'verifiers/code/drivers'), target: driversFolder },
    { source: join(packageRoot, 'dist/drivers'), target: bundlesFolder },
    ...['programs.so', 'calls.so'].map(nativePart),
    { source: join(packageRoot, 'dist/verifiers/code/checker'), target: `${home}/checker` },
    // Says that the service's files are modules.
    { source: join(packageRoot, 'package.json'), target: `${home}/package.json` },
    ...[...packages, { name: isolatesPackage }].map(packageMount),
    { source: cacheFolder(), target: cacheInside },
    ...rows.flatMap(({ mounts }) => mounts.flatMap(hostMounts)),
    ...nodeMounts(),
  ],
  path: nodeMounts().map(({ target }) => dirname(target)),
  warm: warmPrograms,
  warmPartners,
});

/** A native part of drivers; where it was not built they do without. */
function nativePart(name: string): Mount {
  return { source: join(packageRoot, 'dist', name), target: `${home}/${name}` };
}

/** Another Node than the one that runs this has a folder of its own, so that nothing else is found beside it. */
function nodeMounts(): Mount[] {
  const source = candidateNode();
  return source === process.execPath ? [] : [{ source, target: `${home}/node/bin/node` }];
}

/** A path of the host as it is; with a last `*`, all in its folder that begin so. */
function hostMounts(pattern: string): Mount[] {
  const prefix = basename(pattern).slice(0, -1);
  const names = pattern.endsWith('*')
    ? namesIn(dirname(pattern)).filter((name) => name.startsWith(prefix))
    : [];
  const paths = pattern.endsWith('*') ? names.map((name) => join(dirname(pattern), name)) : [pattern];
  return paths.map((path) => ({ source: path, target: path }));
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function packageMount({ name, from }: { name: string; from?: string }): Mount {
  return { source: packageFolder(name, from), target: `${home}/node_modules/${name}` };
}
