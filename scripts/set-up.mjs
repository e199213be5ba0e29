// Makes a fresh clone ready: checks the system, installs the node modules and the system tools that are missing,
// and builds. Says nothing and changes nothing where all is there. Ends with 3 when a person has to act.
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const { tools, managers } = readJson(join(root, 'scripts', 'tools.json'));

const steps = [checkNode, checkSystem, installModules, linkCommand, installTools, build];
for (const step of steps) step();

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  refuse(`Assay needs Node 20.19 or newer; this is ${process.version} (${process.execPath}).`, [
    'Install a newer one, e.g. from https://nodejs.org, and run this again.',
  ]);
}

function checkSystem() {
  if (process.platform === 'linux') return;
  refuse(
    `Assay runs on Linux: its sandbox is made of Linux namespaces. This system is ${process.platform}.`,
    [
      'Use the container instead:',
      '  docker build -t assay -f deploy/Dockerfile .',
      '  docker run --rm -it --init --privileged assay',
    ],
  );
}

function installModules() {
  if (modulesAreComplete()) return;
  if (isLink(modules)) {
    refuse(`${modules} is a link to modules that do not fit package-lock.json; it is left alone.`, [
      'Install them where it points, or remove the link and run this again.',
    ]);
  }
  say('Installing the node modules (npm ci) ...');
  // No dependency needs its install script: the programs come as packages of their own for each platform.
  const result = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  if (result.status === 0 && modulesAreComplete()) return;
  refuse('npm ci could not install the node modules; what it said stands below.', [
    ...saidBy(result),
    'Where there is no network, copy node_modules from a machine with the same system and Node,',
    'or point npm at a registry that is within reach (npm config set registry URL). Then run this again.',
  ]);
}

/** npm keeps a list of what it installed; it must hold all that package-lock.json asks for, and the folders exist. */
function modulesAreComplete() {
  const list = join(modules, '.package-lock.json');
  if (!existsSync(list)) return false;
  const installed = readJson(list).packages;
  return Object.entries(readJson(join(root, 'package-lock.json')).packages).every(
    ([path, wanted]) =>
      path === '' ||
      (wanted.optional && !isForThisSystem(wanted)) ||
      (installed[path]?.version === wanted.version && existsSync(join(root, path))),
  );
}

function isForThisSystem({ os, cpu, libc }) {
  if (!os || libc) return false;
  return os.includes(process.platform) && (cpu ?? [process.arch]).includes(process.arch);
}

/** With the command among the modules' own, `npx assay` finds it at once, without a copy in npm's cache. */
function linkCommand() {
  const link = join(modules, '.bin', 'assay');
  if (isLink(modules) || existsSync(link)) return;
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'bin', 'assay.mjs'), link);
}

function installTools() {
  const missing = tools.filter((tool) => !onPath(tool.command));
  if (missing.length === 0) return;
  const apt = managers.find((manager) => manager.name === 'apt');
  const rights = rightsToInstall();
  if (!onPath(apt.command) || rights === undefined) return doWithout(missing);
  const packages = packagesOf(missing, apt);
  say(`Installing ${packages.join(', ')} (apt-get) ...`);
  const quiet = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
  const update = run([...rights, ...apt.refresh.split(' '), ...quiet]);
  const install = run([...rights, ...apt.install.split(' '), ...quiet, ...packages]);
  const still = missing.filter((tool) => !onPath(tool.command));
  if (still.length > 0) doWithout(still, [...saidBy(update), ...saidBy(install)]);
}

/** Compilers that only some tasks need may be missing; what everything stands on may not. */
function doWithout(missing, said = []) {
  const { needs, remedy } = describeMissing(missing);
  if (missing.some((tool) => !tool.optional)) {
    refuse('Programs that Assay needs are missing:', [...needs, ...said, ...remedy, 'and run this again.']);
  }
  say('Tasks in these languages end without a verdict, since their compilers are missing:');
  for (const line of [...needs, ...said, ...remedy]) say(line);
}

/** The words put before apt-get; undefined where nothing can be installed without asking for a password. */
function rightsToInstall() {
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  if (process.getuid() === 0) return environment;
  return onPath('sudo') && run(['sudo', '-n', 'true']).status === 0
    ? ['sudo', '-n', ...environment]
    : undefined;
}

function describeMissing(missing) {
  const needs = missing.map((tool) => `  ${tool.command.padEnd(10)} for ${tool.for}`);
  const manager = managers.find(({ command }) => onPath(command));
  const rights = process.getuid() === 0 || manager?.name === 'brew' ? '' : 'sudo ';
  const remedy = manager
    ? [
        'Install them with',
        ...(manager.refresh ? [`  ${rights}${manager.refresh}`] : []),
        `  ${rights}${manager.install} ${packagesOf(missing, manager).join(' ')}`,
      ]
    : ['Install them with the package manager of this system.'];
  return { needs, remedy };
}

function packagesOf(missing, manager) {
  return missing.map((tool) => tool.packages[manager.name]).filter((name) => name !== undefined);
}

function build() {
  const script = join(root, 'scripts', 'build.mjs');
  const { status } = spawnSync(process.execPath, [script, '--if-stale'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

function npm(words) {
  const started = process.env.npm_execpath;
  return started?.endsWith('npm-cli.js')
    ? run([process.execPath, started, ...words])
    : run(['npm', ...words]);
}

function run([file, ...words]) {
  return spawnSync(file, words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What a failed program said, its middle left out: the reason stands at the start or at the end. */
function saidBy({ stdout, stderr, error }) {
  const lines = [stdout, stderr, error?.message].filter(Boolean).join('\n').trim().split('\n');
  const shown = lines.length <= 12 ? lines : [...lines.slice(0, 5), '...', ...lines.slice(-6)];
  return shown.filter((line) => line !== '').map((line) => `  | ${line}`);
}

function onPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, command)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function refuse(reason, remedies) {
  for (const line of [reason, ...remedies]) say(line);
  process.exit(3);
}
