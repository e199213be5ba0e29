// Runs a suite in one process with the candidate, for suites that cannot run apart from it.
//
// Reads `beside.json` in its folder, {"framework", "script", "modules", "entry", "candidate"}, where the candidate is the
// first line of `javascript-conversation.mjs`, and writes `report.json` as `javascript-suite.mjs` reports. What it writes is
// as good as the candidate lets it be: the judge runs it again with expectations corrupted.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { loadCandidate } from './javascript-conversation.mjs';
import { missing } from './javascript-link.mjs';
import { finish } from './javascript-platform.mjs';
import { runSuite } from './javascript-suites.mjs';

const { stringify } = JSON;

const sideOf = (candidate) => {
  let found;
  return {
    isApart: false,
    load: async () => {
      found = await loadCandidate(candidate);
    },
    get: (name) => found.look(name) ?? missing,
    names: () => found.names(),
    isAsked: () => true,
    isGone: () => false,
    last: undefined,
  };
};

export function main() {
  const { candidate, ...suite } = JSON.parse(readFileSync('beside.json', 'utf8'));
  runSuite(suite, sideOf(candidate), (report) => {
    writeFileSync('report.draft', stringify(report));
    renameSync('report.draft', 'report.json');
    finish();
  });
}
