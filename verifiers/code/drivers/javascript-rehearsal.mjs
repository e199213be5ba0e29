// Runs conversations before the first candidate is there, in the process that jobs are cloned from.

import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rehearsals } from './isolates/rehearsals.mjs';
import { answerAll } from './javascript-conversation.mjs';
import { speakOn } from './javascript-platform.mjs';

const turns = 20;
/** Beside the bundle that this is part of. */
const rehearsed = join(__dirname, 'rehearsed.mjs');

/** `onSocket` has an action speak on a socket that has a text to read. */
export async function rehearse(onSocket) {
  const texts = rehearsals.map(textOf);
  for (let turn = 0; turn < turns; turn += 1) {
    for (const text of texts) await onSocket(text, (fd) => speakOn(fd, answerAll));
    // By the same name, a module is not loaded again.
    await import(`${pathToFileURL(rehearsed)}?${turn}`);
  }
}

function textOf({ lines }) {
  const path = relative(process.cwd(), rehearsed);
  return `${lines.replaceAll('\t', '\n').replace('candidate.mjs', path)}\n`;
}
