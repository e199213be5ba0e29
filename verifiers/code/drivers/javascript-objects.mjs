// Steps of a case, for `javascript-conversation.mjs`: objects of the candidate that outlast a call, and helpers of the
// task's to call back. The same protocol as `python_objects.py`.
//
// No value of the candidate's is returned from an async function bare: what has a `then` would be asked to settle.

import { describe } from './javascript-errors.mjs';
import { ask, finish, send, types } from './javascript-platform.mjs';
import { decode, decoders, encode, quote, reasonOf } from './javascript-wire.mjs';

const { parse } = JSON;
const { isPromise } = types;
const { apply, construct } = Reflect;
const { iterator: iteratorKey, asyncIterator: asyncIteratorKey } = Symbol;
const HostTypeError = TypeError;
const HostError = Error;
const errorMakers = {
  __proto__: null,
  Error,
  TypeError,
  RangeError,
  SyntaxError,
  ReferenceError,
  EvalError,
  URIError,
};

/** A name that the candidate does not define, or an object that no step kept. */
class Absent {
  #name;
  constructor(name) {
    this.#name = name;
  }
  static nameOf(thrown) {
    return typeof thrown === 'object' && thrown !== null && #name in thrown ? thrown.#name : undefined;
  }
}

let kept = { __proto__: null };

decoders.$handle = (name) => {
  if (!(name in kept)) throw new Absent(name);
  return kept[name];
};
decoders.$helper =
  (name) =>
  (...args) =>
    askHelper(name, args);
decoders.$asyncHelper =
  (name) =>
  async (...args) =>
    askHelper(name, args);

function askHelper(name, args) {
  send(`{"helper":${quote(name)},"args":${plain(args)},"kwargs":{}}`);
  const line = ask();
  if (line === undefined) finish(); // the talk has ended: nobody answers any more
  const answer = parse(line);
  if (answer.raised === undefined) return decode(answer.returned);
  const { type, message } = answer.raised;
  throw type in errorMakers ? new errorMakers[type](message) : new HostError(`${type}: ${message}`);
}

function plain(args) {
  try {
    return encode(args);
  } catch (thrown) {
    throw new HostTypeError(`this can only be called with plain values, not with ${reasonOf(thrown)}`);
  }
}

/** The members of the reply to a step; `look` finds what the candidate names. */
export async function answerStep({ step, args, argsAfter }, look) {
  if (step.first) kept = { __proto__: null };
  let values;
  let text;
  try {
    values = decode(args);
    const { value } = await perform(step, values, look);
    text = `"returned":${step.expects ? encode(value) : 'null'}`;
  } catch (thrown) {
    const name = Absent.nameOf(thrown);
    if (name !== undefined) return `"undefined":${quote(name)}`;
    const reason = reasonOf(thrown);
    if (reason !== undefined) return `"unserialisable":${quote(reason)}`;
    text = `"raised":${describe(thrown)}`;
  }
  return argsAfter ? `${text},"argsAfter":${encode(values)}` : text;
}

/** What a step comes to, in a box. */
async function perform(step, values, look) {
  let value = resultOf(step, values, look);
  if (isPromise(value)) value = await value;
  const taken = step.take === undefined ? { value, rest: value } : await take(value, step.take);
  if (step.as !== undefined) kept[step.as] = taken.rest;
  return taken;
}

function resultOf({ on, new: made, call, get }, values, look) {
  const target = on === undefined ? undefined : find(on, look);
  if (get !== undefined) return target[get];
  const name = made ?? call;
  if (name === undefined) return target;
  const action = on === undefined ? look(name) : target[name];
  if (typeof action !== 'function') throw new Absent(name);
  return made === undefined ? apply(action, target, values) : construct(action, values);
}

function find(name, look) {
  if (name in kept) return kept[name];
  const value = look(name);
  if (value === undefined) throw new Absent(name);
  return value;
}

/** The next items of an iterator, and the iterator itself. */
async function take(value, count) {
  const make = value[asyncIteratorKey] ?? value[iteratorKey];
  const rest = make === undefined ? value : apply(make, value, []);
  const items = [];
  while (items.length < count) {
    let next = rest.next();
    if (isPromise(next)) next = await next;
    if (next.done) break;
    items[items.length] = next.value;
  }
  return { value: items, rest };
}
