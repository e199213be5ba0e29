// Builds dist/ with tsc. `--if-stale`: only when a source is newer than the last build.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'dist', '.built');
const sources = ['verifiers', 'datasets', 'envs', 'rollout', 'server', 'cli', 'bench'].filter((folder) =>
  existsSync(join(root, folder)),
);

function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && entry.name.endsWith('.ts'))
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
  writeFileSync(stamp, '');
}
