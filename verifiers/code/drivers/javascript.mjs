// Runs a JavaScript candidate in a process of its own; see `javascript-conversation.mjs`.

import { converse } from './javascript-conversation.mjs';

export { rehearse } from './javascript-rehearsal.mjs';

export function main() {
  // What waits for something that never comes ends as a module of Node does that awaits it.
  process.once('beforeExit', process.reallyExit.bind(process, 13));
  converse();
}
