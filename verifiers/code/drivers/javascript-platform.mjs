// What the JavaScript driver needs of Node: the channel to the judge, and ways to load a candidate. Functions are bound
// before the candidate is loaded.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import vm from 'node:vm';

export { types };

let channel = 3;
// A bundle would look for them each time in what a candidate can patch.
const { readSync, writeSync } = fs;
const { apply } = Reflect;
const HostUint8Array = Uint8Array;
const allocate = Buffer.allocUnsafe;
const bufferFrom = Buffer.from;
const concatenate = Buffer.concat;
const uncurry = Function.prototype.bind.bind(Function.prototype.call);
const indexOf = uncurry(Buffer.prototype.indexOf);
const subarray = uncurry(Buffer.prototype.subarray);
const toText = uncurry(Buffer.prototype.toString);
const exitNow = process.reallyExit.bind(process);

let pending = allocate(0);
const chunk = allocate(65536);

/** Has `action` speak on another channel, before a candidate is there. */
export async function speakOn(fd, action) {
  const usual = channel;
  channel = fd;
  await action();
  channel = usual;
}

/** The next line of the channel; undefined at its end. */
export function ask() {
  let end = indexOf(pending, 10);
  while (end < 0) {
    const size = readSync(channel, chunk, 0, 65536, null);
    if (size === 0) return undefined;
    const searched = pending.length;
    pending = concatenate([pending, subarray(chunk, 0, size)]);
    end = indexOf(pending, 10, searched);
  }
  const line = toText(pending, 'utf8', 0, end);
  pending = subarray(pending, end + 1);
  return line;
}

export function send(text) {
  const data = bufferFrom(`${text}\n`);
  for (let sent = 0; sent < data.length; ) sent += writeSync(channel, data, sent, data.length - sent, null);
}

/** Ends the process, whatever else it still waits for. */
export const finish = () => exitNow(0);

/** Loads a file as a module, and answers with its namespace. */
export const importModule = (path) => import(pathToFileURL(join(process.cwd(), path)).href);

/** Runs a source as Node runs CommonJS, and answers with what it returns. */
export function runScript(source, module) {
  const file = join(process.cwd(), 'candidate.cjs');
  const run = vm.compileFunction(source, ['exports', 'require', 'module', '__filename', '__dirname'], {
    filename: file,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const { exports } = module;
  return apply(run, exports, [exports, createRequire(file), module, file, process.cwd()]);
}

/** Runs a script whose declarations all others see, and answers with its value. */
export const runGlobally = (source) => vm.runInThisContext(source, { filename: 'setup.js' });

/** The bytes of a text in base64, in a plain Uint8Array. */
export const fromBase64 = (text) => new HostUint8Array(bufferFrom(text, 'base64'));

/** A Uint8Array or an ArrayBuffer in base64. */
export const toBase64 = (value) => toText(bufferFrom(new HostUint8Array(value).buffer), 'base64');
