import { createRequire } from 'node:module';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { AssayError } from '../../errors.ts';
import { isExecutable } from '../../is-executable.ts';
import { packageRoot } from '../../paths.ts';
import { cacheFolder } from './cache.ts';

/** The npm package that brings Node for this machine, and nothing else, and the version that `assay tools node` fetches. */
export const nodePackage = { name: `node-${process.platform}-${process.arch}`, version: '24.21.0' };

/** Where `assay tools node` puts it. */
export const nodeFolder = (): string => join(cacheFolder(), `node-${nodePackage.version}`);

/**
 * The Node that candidates run in: the one that the setting `ASSAY_NODE` names, else the one of `assay tools node` or of the
 * npm package beside Assay, else the one that runs this. `ASSAY_NODE=running` asks for the last.
 */
export function candidateNode(setting = process.env.ASSAY_NODE ?? ''): string {
  if (setting === 'running') return process.execPath;
  if (setting === '') return installed() ?? process.execPath;
  if (isAbsolute(setting) && basename(setting) === 'node' && isExecutable(setting)) return setting;
  throw new AssayError(
    'TOOL_MISSING',
    `ASSAY_NODE is "${setting}", where no Node can be started — give the absolute path of a program called "node", or "running"`,
  );
}

function installed(): string | undefined {
  return [nodeFolder(), packageRoot].map(inPackage).find((path) => path !== undefined && isExecutable(path));
}

/** The program of the package as a folder's modules would find it. */
function inPackage(folder: string): string | undefined {
  try {
    const manifest = createRequire(join(folder, 'package.json')).resolve(`${nodePackage.name}/package.json`);
    return join(dirname(manifest), 'bin', 'node');
  } catch {
    return undefined;
  }
}
