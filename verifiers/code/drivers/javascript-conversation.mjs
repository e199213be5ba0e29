// The conversation of a JavaScript candidate's driver with the judge, inside the sandbox.
//
// Speaks lines of JSON on file descriptor 3, one reply to each question, in lock step; the same protocol as python.py,
// but for the first line: {"format": "commonjs", "source": text, "names": [...]} or
// {"format": "module", "path": file, "names": [...]}. The source was checked and compiled before; `names` are the
// functions that will be called; for suites also "setup", a script that is run before. They are found whether exported or only declared at the top level.
//
// No secret is in here: expected values stay outside, so a reply that a candidate forges has to be the right answer.
// What it needs of its surroundings comes from `javascript-platform.mjs`: in a process of its own from Node, in an
// isolate from `isolates/platform.mjs`. Functions are bound before the candidate is loaded, so that one that patches
// them breaks nothing but itself.

import { describe } from './javascript-errors.mjs';
import { givenBy, Link, missing } from './javascript-link.mjs';
import { answerStep } from './javascript-objects.mjs';
import { ask, finish, importModule, runScript, send, types } from './javascript-platform.mjs';
import { decode, encode, quote, reasonOf } from './javascript-wire.mjs';

const { parse } = JSON;
const { isPromise } = types;
const { getOwnPropertyDescriptor, apply } = Reflect;

/** The next question; undefined at the end of the channel. */
function next() {
  const line = ask();
  return line === undefined ? undefined : parse(line);
}

/** Finds a function of the candidate by name, once it is loaded. */
let find;
/** Finds anything else of the candidate, and lists the names that there are: for suites. */
let look;
let names;

async function loadModule({ path }) {
  const namespace = await importModule(path);
  look = (name) => find(name);
  names = () => Object.keys(namespace).map((name) => name.replace(/^assay_/, ''));
  find = (name) => namespace[name] ?? namespace[`assay_${name}`] ?? namespace.default?.[name];
}

/** As Node runs CommonJS; the names are handed out at the end of the source. */
function loadScript({ source, names: wanted }) {
  const exposed = wanted.map((name) => `${name}: typeof ${name} === "undefined" ? undefined : ${name}`);
  const module = { exports: {} };
  const found = runScript(`${source}\nreturn { ${exposed.join(', ')} };`, module);
  names = () => [...Object.keys(found ?? {}), ...Object.keys(module.exports ?? {})];
  look = (name) => found?.[name] ?? find(name);
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

/** Loads a candidate; what finds its names, and lists them. */
export async function loadCandidate(candidate) {
  await (candidate.format === 'module' ? loadModule : loadScript)(candidate);
  return { look, names };
}

async function answer(question) {
  const { step, call, args, argsAfter } = question;
  if (step !== undefined) return answerStep(question, look);
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
    const reason = reasonOf(thrown);
    const told = reason === undefined ? 'a broken result' : `an argument changed to ${reason}`;
    return `{"id":${question.id},"unserialisable":${quote(told)}}`;
  }
}

let link;
let given;

/** `src/cart.js:Cart` is a name of that module of a tree; undefined for any other name. */
function moduleOf(name) {
  const end = name.lastIndexOf(':');
  return end < 0 ? undefined : [look('$tree')?.[name.slice(0, end)], name.slice(end + 1)];
}

function get(name) {
  const [module, key] = moduleOf(name) ?? [];
  if (key === undefined) return look(name) ?? missing;
  return module && key in module ? module[key] : missing;
}

/** Does what a suite in another sandbox asks for. The candidate refuses nothing: the suite is trusted. */
function serve(request) {
  link ??= new Link(
    {
      get,
      names: (name) => (name ? Object.keys(moduleOf(name)?.[0] ?? {}) : [...new Set(names())]),
      defers: true,
      serve() {},
      lend() {},
      hear() {},
      spoken: () => '',
    },
    given,
  );
  return link.serve(request);
}

/** A set-up that breaks does so on the side of the suite too, which tells of it. */
function takeGiven({ setup }) {
  try {
    if (setup) given = givenBy(setup);
  } catch {}
}

/** Answers the judge's questions, from the first line to the last. */
export async function answerAll() {
  link = given = undefined;
  const candidate = next();
  send('{"compiled":true}');
  for (let question = next(); question !== undefined; question = next()) {
    if (question.do !== undefined) {
      send(await serve(question));
      continue;
    }
    if (question.load !== true) {
      send(await replyTo(question));
      continue;
    }
    try {
      takeGiven(candidate);
      await loadCandidate(candidate);
      send('{"loaded":true}');
    } catch (thrown) {
      send(`{"raised":${describe(thrown)}}`);
    }
  }
}

export async function converse() {
  await answerAll();
  finish();
}
