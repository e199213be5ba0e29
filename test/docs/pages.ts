import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { packageRoot } from '../../verifiers/paths.ts';

export type Page = { path: string; text: string };

/** Every page of documentation that we wrote. */
export function readPages(): Page[] {
  const inRoot = readdirSync(packageRoot).filter((name) => name.endsWith('.md'));
  const inDocs = readdirSync(join(packageRoot, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => posix.join('docs', name));
  return [...inRoot, ...inDocs].map((path) => ({
    path,
    text: readFileSync(join(packageRoot, path), 'utf8'),
  }));
}

/** Where a page's links to our own files lead, relative to the package. Links to other sites are left out. */
export function linksOf({ path, text }: Page): string[] {
  return [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => posix.join(posix.dirname(path), target));
}

/** Paths of ours that a page names between backticks; those with a part to be filled in are left out. */
export function pathsOf({ text }: Page, topFolders: readonly string[]): string[] {
  return [...text.matchAll(/`([\w.-]+\/[\w./-]*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => topFolders.includes(path.split('/')[0] ?? '') && !/[A-Z]{2,}|\.\.\./.test(path));
}

export type CommandLine = { words: string[]; flags: string[] };

/** The `assay` command lines of a page: the words before the first flag or argument, and the flags. */
export function commandsOf({ text }: Page): CommandLine[] {
  const lines = text.replaceAll(/\\\n\s*/g, ' ').matchAll(/(?:npx |`|^ *|\$ |\| )assay ([a-z][^`\n|&>]*)/gm);
  return [...lines].map(([, line = '']) => {
    const parts = line.trim().split(/\s+/);
    const end = parts.findIndex((part) => !/^[a-z]+$/.test(part));
    return { words: end < 0 ? parts : parts.slice(0, end), flags: line.match(/(?<=\s)--[a-z-]+/g) ?? [] };
  });
}

/** The scripts of package.json that a page runs. */
export function scriptsOf({ text }: Page): string[] {
  const runs = [...text.matchAll(/npm (?:run ([a-z:]+)|(start|test)\b)/g)];
  return runs.map(([, script, short]) => script ?? short ?? '');
}
