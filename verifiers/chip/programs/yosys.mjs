// Stands in for Yosys where only its WebAssembly build is there, the npm package `@yowasp/yosys`: `-V`, or
// `-Q -T -q -s SCRIPT` over the files of the working folder.
//
// That build sees no file but those it is given, and cannot append to any. So what a script writes to the product of its
// job, descriptor 9, goes to files of its own one after the other, and then there.
//
// Exits as Yosys does; with 70 where it cannot be loaded, which no design has a part in. It dies of what that build dies of.

import { readdirSync, readFileSync, writeSync } from 'node:fs';

const build = '/opt/assay/yosys/node_modules/@yowasp/yosys/gen/bundle.js';
const { Exit, runYosys } = await import(build).catch(() => process.exit(70));

const [product, place] = [9, '/proc/self/fd/9'];
const args = process.argv.slice(2);
const script = args[args.indexOf('-s') + 1];
const parts = [];

/** The script with a file of its own for each time that it writes to the product. */
function apart(text) {
  const name = () => {
    parts.push(`product${parts.length}`);
    return parts.at(-1);
  };
  return text.replaceAll(`tee -q -a ${place}`, () => `tee -q -o ${name()}`).replaceAll(place, name);
}

/** Line by line, so that the parts are in the order in which they are written. */
const split = (text) => text.split('\n').map(apart).join('\n');

function given() {
  const files = Object.fromEntries(readdirSync('.').map((name) => [name, readFileSync(name, 'utf8')]));
  return script in files ? { ...files, [script]: split(files[script]) } : files;
}

async function run() {
  try {
    const quiet = { stdout: null, stderr: null };
    return { code: 0, files: await runYosys(args, given(), args.includes('-V') ? {} : quiet) };
  } catch (thrown) {
    if (!(thrown instanceof Exit)) process.kill(process.pid, 'SIGABRT');
    return { code: thrown.code, files: thrown.files };
  }
}

const { code, files } = await run();
for (const part of parts) {
  let bytes = Buffer.from(files[part] ?? '');
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(product, bytes));
}
process.exit(code);
