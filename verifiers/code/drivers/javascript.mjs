// Runs a JavaScript candidate inside the sandbox.
//
// Speaks lines of JSON on file descriptor 3, one reply to each question, in lock step; the same protocol as python.py,
// but for the first line: {"format": "commonjs", "source": text, "names": [...]} or
// {"format": "module", "path": file, "names": [...]}. The source was checked and compiled before; `names` are the
// functions that will be called. They are found whether exported or only declared at the top level.
//
// No secret is in here: expected values stay outside, so a reply that a candidate forges has to be the right answer.
// Functions are bound before the candidate is loaded, so that one that patches them breaks nothing but itself.

import { readSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import vm from 'node:vm';
import { describe } from './javascript-errors.mjs';
import { decode, encode, quote, reasonOf } from './javascript-wire.mjs';

const channel = 3;
const { parse } = JSON;
const { isPromise } = types;
const { getOwnPropertyDescriptor, apply } = Reflect;
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

/** The next question; undefined at the end of the channel. */
function ask() {
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
  return parse(line);
}

function reply(text) {
  const data = bufferFrom(`${text}\n`);
  for (let sent = 0; sent < data.length; ) sent += writeSync(channel, data, sent, data.length - sent, null);
}

/** Finds a function of the candidate by name, once it is loaded. */
let find;

async function loadModule({ path }) {
  const namespace = await import(pathToFileURL(join(process.cwd(), path)).href);
  find = (name) => namespace[name] ?? namespace[`assay_${name}`] ?? namespace.default?.[name];
}

/** As Node runs CommonJS; the names are handed out at the end of the source. */
function loadScript({ source, names }) {
  const file = join(process.cwd(), 'candidate.cjs');
  const exposed = names.map((name) => `${name}: typeof ${name} === "undefined" ? undefined : ${name}`);
  const run = vm.compileFunction(
    `${source}\nreturn { ${exposed.join(', ')} };`,
    ['exports', 'require', 'module', '__filename', '__dirname'],
    { filename: file, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER },
  );
  const module = { exports: {} };
  const found = apply(run, module.exports, [
    module.exports,
    createRequire(file),
    module,
    file,
    process.cwd(),
  ]);
  find = (name) => {
    const own = found && getOwnPropertyDescriptor(found, name)?.value;
    if (typeof own === 'function') return own;
    return typeof module.exports === 'function' ? named(module.exports, name) : module.exports?.[name];
  };
}

/** `module.exports = function f() {}` exports a function by its own name. */
function named(exported, name) {
  return exported.name === name ? exported : exported[name];
}

async function answer({ call, args, argsAfter }) {
  const target = find(call);
  if (typeof target !== 'function') return `"undefined":${quote(call)}`;
  const values = decode(args);
  let text;
  try {
    let result = apply(target, undefined, values);
    if (isPromise(result)) result = await result;
    text = `"returned":${encode(result)}`;
  } catch (thrown) {
    const reason = reasonOf(thrown);
    if (reason !== undefined) return `"unserialisable":${quote(reason)}`;
    text = `"raised":${describe(thrown)}`;
  }
  return argsAfter ? `${text},"argsAfter":${encode(values)}` : text;
}

async function replyTo(question) {
  try {
    return `{"id":${question.id},${await answer(question)}}`;
  } catch (thrown) {
    const reason =
      thrown instanceof Unserialisable ? `an argument changed to ${thrown.reason}` : 'a broken result';
    return `{"id":${question.id},"unserialisable":${quote(reason)}}`;
  }
}

async function main() {
  const candidate = ask();
  reply('{"compiled":true}');
  const load = candidate.format === 'module' ? loadModule : loadScript;
  for (let question = ask(); question !== undefined; question = ask()) {
    if (question.load !== true) {
      reply(await replyTo(question));
      continue;
    }
    try {
      await load(candidate);
      reply('{"loaded":true}');
    } catch (thrown) {
      reply(`{"raised":${describe(thrown)}}`);
    }
  }
  exitNow(0);
}

await main();
