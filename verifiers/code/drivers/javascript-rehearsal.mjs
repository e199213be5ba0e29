// Runs conversations before the first candidate is there, in the process that jobs are cloned from.

import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { functions, names, rehearsals } from './isolates/rehearsals.mjs';
import { answerAll } from './javascript-conversation.mjs';
import { speakOn } from './javascript-platform.mjs';

const turns = 20;
/** Beside the bundle that this is part of. */
const rehearsed = join(__dirname, 'rehearsed.mjs');

/** What a suite asks for: an instance and its methods, and a function. */
const requests = [
  { do: 'get', name: 'Counter' },
  { do: 'construct', name: null, on: { $ref: 1 }, args: [1] },
  { do: 'attr', name: 'next', on: { $ref: 2 } },
  { do: 'call', name: null, on: { $ref: 3 }, this: { $ref: 2 } },
  { do: 'get', name: 'same' },
  { do: 'call', name: null, on: { $ref: 4 }, args: [[1, { a: 'b' }], null] },
  { do: 'get', name: 'fail' },
  { do: 'call', name: null, on: { $ref: 5 }, args: ['a'] },
];
const none = { $undefined: true };
const suite = [
  { format: 'commonjs', source: functions, names },
  { load: true },
  ...requests.map((request) => ({ on: none, this: none, args: [], ...request })),
]
  .map((line) => JSON.stringify(line))
  .join('\t');

/** `onSocket` has an action speak on a socket that has a text to read. */
export async function rehearse(onSocket) {
  const texts = [...rehearsals.map(({ lines }) => lines), suite].map(textOf);
  for (let turn = 0; turn < turns; turn += 1) {
    for (const text of texts) await onSocket(text, (fd) => speakOn(fd, answerAll));
    // By the same name, a module is not loaded again.
    await import(`${pathToFileURL(rehearsed)}?${turn}`);
  }
}

function textOf(lines) {
  const path = relative(process.cwd(), rehearsed);
  return `${lines.replaceAll('\t', '\n').replace('candidate.mjs', path)}\n`;
}
