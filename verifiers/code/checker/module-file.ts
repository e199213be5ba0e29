const endings = ['.ts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js'];

/** The file that an import means: as written, TypeScript for the JavaScript it becomes, with an ending, or a folder's index. */
export function moduleFile(tree: Readonly<Record<string, unknown>>, wanted: string): string | undefined {
  const plain = wanted.replace(/\.([cm]?)js$/, '.$1ts');
  const meant = [wanted, plain, ...endings.map((ending) => wanted + ending)];
  return meant.find((path) => Object.hasOwn(tree, path));
}
