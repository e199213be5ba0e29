#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/cli/main.js', import.meta.url);
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `error: Assay needs Node 20.19 or newer, this is ${process.versions.node} — install a newer Node`,
  );
  process.exitCode = 2;
} else if (!existsSync(main)) {
  console.error('error: Assay has not been built — run "npm run build" in its folder');
  process.exitCode = 2;
} else {
  await import(main);
}
