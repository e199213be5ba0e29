import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { packageRoot } from '../../verifiers/paths.ts';

/** One import: `from` is a file of ours, `to` another one, or the name of an outside package or `node:` module. */
export type Import = { from: string; to: string };

const topFolders = ['verifiers', 'datasets', 'envs', 'rollout', 'server', 'cli', 'bench'] as const;

/** Every import of our sources, paths relative to the package. */
export function collectImports(): Import[] {
  return topFolders
    .filter((folder) => existsSync(join(packageRoot, folder)))
    .flatMap(sourceFiles)
    .flatMap((from) => {
      return importsOf(from, readFileSync(join(packageRoot, from), 'utf8'));
    });
}

/** The imports written in one source text: static, re-exported, dynamic, and of types alone. */
export function importsOf(from: string, text: string): Import[] {
  const pattern = /(?:^|[\s;}])(?:from|import)\s*\(?\s*(['"])([^'"\n]+)\1/g;
  // Comments hold no imports, and those in a template are the text of another program.
  const code = text
    .replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
    .replaceAll(/`(?:\\.|[^`\\])*`/g, '``');
  return [...code.matchAll(pattern)].map((match) => ({ from, to: resolve(from, match[2] ?? '') }));
}

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return specifier;
  const words = specifier.split('/');
  return words.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(packageRoot, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => posix.relative(packageRoot, posix.join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('datasets/tasks/'));
}
