// Builds dist/: JavaScript with tsc, and the native parts of the sandbox's slots and of some drivers with the C compiler
// where there is one. `--if-stale`: only when a source is newer than the last build.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'dist', '.built');
const sources = ['verifiers', 'datasets', 'envs', 'rollout', 'server', 'cli', 'bench'].filter((folder) =>
  existsSync(join(root, folder)),
);

const native = (folder, others = []) => ({
  folder: join(root, folder),
  files: readdirSync(join(root, folder)).filter((name) => name.endsWith('.c') && !others.includes(name)),
});
/** Of the sources of a slot, those of its two first processes, which nurseries of tools have no use for. */
const ofServer = ['exchange.c', 'heap.c', 'huge.c', 'relay.c', 'serve.c'];
const ofNode = ['node.c', 'node-fds.c', 'node-threads.c'];
/** The native libraries. */
const libraries = {
  'slot.so': native('verifiers/sandbox/slot', ['tool.c', ...ofNode]),
  'tool.so': native('verifiers/sandbox/slot', [...ofServer, ...ofNode]),
  'node.so': native('verifiers/sandbox/slot', [...ofServer, 'tool.c']),
  'programs.so': native('verifiers/code/programs/native'),
  'calls.so': native('verifiers/code/calls/native'),
};

function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && /\.(ts|mjs|c|h)$/.test(entry.name))
      time = Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return time;
}

function isFresh() {
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  const settings = ['package.json', 'tsconfig.json'].map((file) => statSync(join(root, file)).mtimeMs);
  return Math.max(...settings, ...sources.map(newest)) < built;
}

if (!(process.argv.includes('--if-stale') && isFresh())) {
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json'], {
      cwd: root,
      stdio: 'inherit',
    });
  } catch {
    console.error('The build failed: the messages of tsc stand above.');
    process.exit(1);
  }
  await bundleDrivers();
  buildNative();
  writeFileSync(stamp, '');
}

/** Drivers that Node runs, each as one script: to load them as the modules they are takes half as long as Node's start. */
async function bundleDrivers() {
  const names = ['javascript', 'javascript-helpers', 'javascript-suite', 'javascript-beside'];
  buildSync({
    entryPoints: names.map((name) => join(root, 'verifiers/code/drivers', `${name}.mjs`)),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    outdir: join(root, 'dist/drivers'),
    // What is kept warm begins when its first job comes, see slot/main.cjs.
    footer: { js: 'if (require.main === module) module.exports.main();' },
    logLevel: 'warning',
  });
  const { exported } = await import('../verifiers/code/drivers/isolates/rehearsals.mjs');
  writeFileSync(join(root, 'dist/drivers/rehearsed.mjs'), exported);
}

/** Without a compiler, jobs run without warm slots: slower, and said so where it matters. */
function buildNative() {
  for (const [library, { folder, files }] of Object.entries(libraries)) {
    const output = join(root, 'dist', library);
    rmSync(output, { force: true });
    const options = ['-std=gnu17', '-O2', '-Wall', '-Wextra', '-shared', '-fPIC', '-Wl,-z,now', '-o', output];
    try {
      execFileSync('cc', [...options, ...files, '-ldl'], { cwd: folder, stdio: 'inherit' });
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
      console.error('No C compiler: sandboxes will be slower. On Debian: apt-get install g++');
      return;
    }
  }
}
