import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { commandTable } from '../../cli/command-table.ts';
import { packageRoot } from '../../verifiers/paths.ts';
import { commandsOf, linksOf, pathsOf, readPages, scriptsOf } from './pages.ts';

const topFolders = readdirSync(packageRoot).filter(
  (name) => !['dist', 'node_modules', 'runs'].includes(name),
);
const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
const pages = readPages().map((page) => [page.path, page] as const);

describe.each(pages)('%s', (_, page) => {
  it('links only to files that exist', () => {
    expect(linksOf(page).filter((path) => !existsSync(join(packageRoot, path)))).toEqual([]);
  });

  it('names only paths that exist', () => {
    expect(pathsOf(page, topFolders).filter((path) => !existsSync(join(packageRoot, path)))).toEqual([]);
  });

  it('runs only scripts that package.json has', () => {
    expect(scriptsOf(page).filter((script) => !(script in scripts))).toEqual([]);
  });

  it('runs only commands and flags that assay knows', async () => {
    for (const { words, flags } of commandsOf(page)) {
      const help = await helpOf(words);
      expect(flags.filter((flag) => !help.includes(flag))).toEqual([]);
    }
  });
});

describe('a page', () => {
  const page = {
    path: 'docs/some-page.md',
    text: `See [here](../README.md#start), [there](none.md) and [elsewhere](https://example.org).
      \`envs/index.ts\` is ours, as is \`datasets/tasks/\`; \`runs/NAME/run.json\` is yours.
$ npx assay tasks check ./my-task --json
assay serve --port 0 \\
  --tasks all
\`assay doctor\` after \`npm run bench\`, \`npm test\``,
  };

  it('is read for its links, paths, commands and scripts', () => {
    expect(linksOf(page)).toEqual(['README.md', 'docs/none.md']);
    expect(pathsOf(page, ['envs', 'datasets', 'runs'])).toEqual(['envs/index.ts', 'datasets/tasks/']);
    expect(commandsOf(page)).toEqual([
      { words: ['tasks', 'check'], flags: ['--json'] },
      { words: ['serve'], flags: ['--port', '--tasks'] },
      { words: ['doctor'], flags: [] },
    ]);
    expect(scriptsOf(page)).toEqual(['bench', 'test']);
  });
});

describe('README.md', () => {
  it('is no longer than 120 lines', () => {
    expect(readFileSync(join(packageRoot, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(121);
  });

  it('leads to every page of docs/', () => {
    const links = pages.filter(([path]) => path === 'README.md').flatMap(([, page]) => linksOf(page));
    const docs = pages.map(([path]) => path).filter((path) => path.startsWith('docs/'));
    expect(docs.filter((path) => !links.includes(path))).toEqual([]);
  });
});

/** The help of a command; of its longest leading words that are one, since arguments look like words too. */
async function helpOf(words: readonly string[]): Promise<string> {
  const [name = ''] = words;
  expect(commandTable.map((row) => row.name)).toContain(name);
  const { stdout } = await execa(process.execPath, ['bin/assay.mjs', ...words.slice(0, 2), '--help'], {
    cwd: packageRoot,
  });
  return stdout;
}
