import { dirname, join } from 'node:path/posix';
import { build, type Message, type Plugin, transform } from 'esbuild';
import { moduleFile } from './module-file.ts';

/** A place in a source, counted from 1. */
export type Place = { line: number; column: number };

/** Takes the types out of a checked TypeScript source. */
export async function emitJavaScript(source: string): Promise<string> {
  const { code } = await transform(source, {
    loader: 'ts',
    target: 'es2023',
    charset: 'utf8',
    logLevel: 'silent',
    tsconfigRaw: { compilerOptions: { strict: true, useDefineForClassFields: true } },
  });
  return code;
}

/** Makes a script or module CommonJS, without its types; or says what is wrong with it. */
export async function emitCommonJs(
  source: string,
  loader: 'ts' | 'js',
): Promise<{ code: string } | { error: string; line?: number }> {
  try {
    const options = { loader, format: 'cjs', target: 'es2023', charset: 'utf8', logLevel: 'silent' } as const;
    return { code: (await transform(source, options)).code };
  } catch (thrown) {
    // A failed build carries its messages; anything else has none.
    const { errors: [first] = [], message } = thrown as { errors?: Message[]; message: string };
    return { error: first?.text ?? message, ...(first?.location && { line: first.location.line }) };
  }
}

/** Where the first syntax error of a module stands; undefined when this parser finds none. */
export async function findModuleError(code: string): Promise<Place | undefined> {
  try {
    await transform(code, { loader: 'js', format: 'esm', target: 'esnext', logLevel: 'silent' });
    return undefined;
  } catch (thrown) {
    // A failed build carries its messages; anything else has none.
    const { errors = [] } = thrown as { errors?: Message[] };
    const location = errors[0]?.location;
    if (!location) return undefined;
    const before = Buffer.from(location.lineText).subarray(0, location.column).toString();
    return { line: location.line, column: before.length + 1 };
  }
}

/** A message of the bundler, in a file of the tree. */
export type BundleError = { message: string; file?: string; line?: number; column?: number };

/**
 * Joins modules of a tree to one ES module, which exports them by path as `$tree`. They find one another, and what Node
 * brings; of the disk they see nothing.
 */
export async function bundleTree(
  tree: Readonly<Record<string, string>>,
  entries: readonly string[],
): Promise<{ code: string } | { errors: BundleError[] }> {
  try {
    const { outputFiles } = await build({
      stdin: { contents: facade(entries), resolveDir: '/', sourcefile: '$tree', loader: 'js' },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'es2023',
      charset: 'utf8',
      logLevel: 'silent',
      treeShaking: false,
      banner: { js: requireBanner },
      tsconfigRaw: { compilerOptions: { strict: true, useDefineForClassFields: true } },
      plugins: [treePlugin(tree)],
    });
    return { code: outputFiles[0]?.text ?? '' };
  } catch (thrown) {
    // A failed build carries its messages; anything else has none.
    const { errors = [], message } = thrown as { errors?: Message[]; message: string };
    return { errors: errors.length > 0 ? errors.map(bundleError) : [{ message }] };
  }
}

/** What is CommonJS in the tree may ask for modules of Node. */
const requireBanner =
  "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);";

function facade(entries: readonly string[]): string {
  const imports = entries.map((path, index) => `import * as m${index} from ${JSON.stringify(`/${path}`)};`);
  const members = entries.map((path, index) => `${JSON.stringify(path)}: m${index}`);
  return `${imports.join('\n')}\nexport const $tree = { ${members.join(', ')} };\n`;
}

function treePlugin(tree: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'tree',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[./]/ }, ({ path, importer }) => {
        const wanted = path.startsWith('/') ? path.slice(1) : join(dirname(importer), path);
        const found = moduleFile(tree, wanted);
        if (found !== undefined) return { path: found, namespace: 'tree' };
        return { errors: [{ text: `there is no file "${wanted}" in the tree` }] };
      });
      onLoad({ filter: /.*/, namespace: 'tree' }, ({ path }) => ({
        contents: tree[path] ?? '',
        loader: loaders[/\.\w+$/.exec(path)?.[0] ?? ''] ?? 'text',
      }));
    },
  };
}

const loaders: Readonly<Record<string, 'ts' | 'js' | 'json'>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.json': 'json',
};

function bundleError({ text, location }: Message): BundleError {
  if (!location) return { message: text };
  const { file, line, column } = location;
  return { message: text, file: file.replace(/^tree:/, ''), line, column: column + 1 };
}
