import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AssayError } from '../errors.ts';
import { packageRoot } from '../paths.ts';
import type { Mount } from './sandbox.ts';

/** What every sandboxed program sees of the host, all of it read-only. */
export type View = {
  mounts: Mount[];
  symlinks: { target: string; path: string }[];
  /** Folders inside the mounts that are covered, since our own files or others' could lie there. */
  masks: string[];
  /** The search path inside. */
  path: string;
  /** The real interpreter, not a version manager's shim. */
  python: string;
};

const optionalFiles = ['/etc/ld.so.cache', '/etc/alternatives', '/etc/localtime'];
const rootLinks = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];
const possibleMasks = ['/usr/lib/node_modules', '/usr/local/lib/node_modules', '/usr/src', '/usr/local/src'];

/**
 * Collects the toolchain of this machine; the folders of `path` come first on the search path. Sources that the sandbox's user cannot reach, e.g. an interpreter under
 * `/root`, are copied to `stage` and mounted from there.
 */
export function createView(extra: readonly Mount[], stage: string, path: readonly string[] = []): View {
  const python = findPython();
  const links = rootLinks.filter((path) => existsSync(path));
  const tools = [python.prefix, process.execPath].filter((path) => !path.startsWith('/usr/'));
  const mounts = [
    ...['/usr', ...links.filter((path) => !isLink(path)), ...optionalFiles, ...tools].map(same),
    ...extra,
  ];
  return {
    mounts: mounts
      .filter(({ source }) => existsSync(source))
      .map(({ source, target }) => ({ source: reachable(source, stage), target })),
    symlinks: links.filter(isLink).map((path) => ({ target: readlinkSync(path), path })),
    masks: [...possibleMasks, ...(packageRoot.startsWith('/usr/') ? [packageRoot] : [])].filter((path) =>
      existsSync(path),
    ),
    path: [
      ...new Set([
        ...path,
        dirname(python.executable),
        dirname(process.execPath),
        '/usr/local/bin',
        '/usr/bin',
        '/bin',
      ]),
    ].join(':'),
    python: python.executable,
  };
}

const same = (path: string): Mount => ({ source: path, target: path });
const isLink = (path: string): boolean => lstatSync(path).isSymbolicLink();

/**
 * The interpreter that the setting `ASSAY_PYTHON` names; else the system's where there is one, or the real one behind `python3`
 * on the search path.
 */
export function findPython(setting = process.env.ASSAY_PYTHON): { executable: string; prefix: string } {
  const script =
    'import sys; assert sys.version_info >= (3, 9); print(sys.executable); print(sys.base_prefix)';
  for (const name of setting ? [setting] : ['/usr/bin/python3', 'python3']) {
    try {
      const output = execFileSync(name, ['-I', '-S', '-c', script], { encoding: 'utf8', stdio: 'pipe' });
      const [executable, prefix] = output.trim().split('\n');
      if (executable && prefix) return { executable: realpathSync(executable), prefix };
    } catch {}
  }
  if (setting) {
    throw new AssayError(
      'TOOL_MISSING',
      `ASSAY_PYTHON is "${setting}", which is no python3 of version 3.9 or newer — give the path of one`,
    );
  }
  throw new AssayError(
    'TOOL_MISSING',
    'the sandbox needs python3, version 3.9 or newer — install it (Debian: apt-get install python3)',
  );
}

/** True when a user other than the owner can read `path`: every folder above it lets others pass. */
export function openToOthers(path: string): boolean {
  const real = realpathSync(path);
  for (let folder = dirname(real); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === '/') break;
  }
  const { mode } = statSync(real);
  return (mode & 0o004) !== 0;
}

function reachable(source: string, stage: string): string {
  if (process.getuid?.() !== 0 || openToOthers(source)) return source;
  const copy = join(stage, `${basename(source)}-${Buffer.from(source).toString('hex').slice(-24)}`);
  mkdirSync(stage, { recursive: true, mode: 0o755 });
  cpSync(realpathSync(source), copy, { recursive: true, dereference: true });
  execFileSync('chmod', ['-R', 'a+rX', copy]);
  return copy;
}
