// Asks a candidate in another sandbox all questions, and runs the helpers of the task that it calls meanwhile: the same
// protocol as `python_helpers.py`. No code of the candidate's runs in here, and nothing of what is expected is known.

import vm from 'node:vm';
import { ask, finish, send, speakOn } from './javascript-platform.mjs';
import { decode, encode, reasonOf } from './javascript-wire.mjs';

const mostCalls = 10_000;
const longestMessage = 1000;

/** The next line; what is not in the notation is no call of a helper, and the judge finds it among the replies. */
function receive() {
  const line = ask();
  if (line === undefined) return { gone: true };
  try {
    return Object(JSON.parse(line));
  } catch {
    return {};
  }
}

function load({ helpers, names }) {
  const returned = names.map((name) => `${JSON.stringify(name)}: ${name}`).join();
  const found = vm.compileFunction(`${helpers}\nreturn { ${returned} };`, [], { filename: 'helpers.js' })();
  return new Map(Object.entries(found));
}

async function answer(helpers, { helper, args }) {
  try {
    const call = helpers.get(helper);
    if (typeof call !== 'function') throw new ReferenceError(`${helper} is not a helper`);
    return `{"returned":${encode(await call(...decode(args)))}}`;
  } catch (thrown) {
    const type = String(thrown?.name ?? typeof thrown);
    const message = String(reasonOf(thrown) ?? thrown?.message ?? thrown).slice(0, longestMessage);
    return JSON.stringify({ raised: { type, message } });
  }
}

async function converse({ questions, ...given }) {
  let helpers;
  try {
    helpers = load(given);
  } catch (thrown) {
    return { fault: String(thrown), stopped: false };
  }
  let calls = 0;
  for (const question of questions) {
    send(JSON.stringify(question));
    let message = receive();
    while ('helper' in message) {
      calls += 1;
      if (calls > mostCalls) return { fault: null, stopped: true };
      send(await answer(helpers, message));
      message = receive();
    }
    if ('gone' in message) break;
  }
  return { fault: null, stopped: false };
}

async function report() {
  send(JSON.stringify({ report: await converse(JSON.parse(ask())) }));
}

export async function main() {
  await report();
  finish();
}

const rehearsal = [
  {
    helpers: 'function twice(value) { return [value, value]; }\nfunction fail() { null.a; }',
    names: ['twice', 'fail'],
    questions: [{ load: true }, { id: 0 }],
  },
  { loaded: true },
  { helper: 'twice', args: [[1.5, 'a', null, { a: true }]] },
  { helper: 'fail', args: [] },
  { id: 0, returned: 1 },
];

/** Runs a conversation ahead of the first job, see `javascript-rehearsal.mjs`. */
export async function rehearse(onSocket) {
  const text = rehearsal.map((line) => `${JSON.stringify(line)}\n`).join('');
  for (let turn = 0; turn < 20; turn += 1) await onSocket(text, (fd) => speakOn(fd, report));
}
