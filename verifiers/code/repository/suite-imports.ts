import { dirname, join } from 'node:path/posix';
import { moduleFile } from '../checker/module-file.ts';
import type { RepositorySpec } from './spec.ts';
import { type Files, filesOf } from './tree.ts';

/** The modules of a tree that suites import, and of each suite by the words that it has for them. */
export type SuiteImports = { entries: string[]; paths: ReadonlyMap<string, Record<string, string>> };

/** Any text in quotes that begins as a relative path does is read as an import: one too many does no harm. */
const relativePath = /(['"`])(\.{1,2}\/[^'"`\n]+)\1/g;

/** What the suites of JavaScript or TypeScript import of a tree. */
export function suiteImports({ tests }: RepositorySpec, tree: Files): SuiteImports {
  if (tests.by !== 'suites') return { entries: [], paths: new Map() };
  const paths = new Map(
    Object.entries(filesOf(tests.suites)).map(([file, text]) => [file, importsOf(file, text, tree)]),
  );
  const entries = [...new Set([...paths.values()].flatMap((known) => Object.values(known)))].sort();
  return { entries, paths };
}

function importsOf(file: string, text: string, tree: Files): Record<string, string> {
  const words = [...text.matchAll(relativePath)].map(([, , word = '']) => word);
  return Object.fromEntries(words.map((word) => [word, pathOf(join(dirname(file), word), tree)]));
}

/** A file that the candidate did not make goes by the name that the suite has for it. */
const pathOf = (wanted: string, tree: Files) => moduleFile(tree, wanted) ?? wanted;
