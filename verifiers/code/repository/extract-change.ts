import { readCompletion } from '../../completion.ts';
import type { Fence } from '../../fences.ts';
import type { Diagnostic } from '../../verdict.ts';
import { type Change, diffIn, readFilesObject, writeChange } from './change.ts';
import { nameOfFence } from './fence-name.ts';

/** Which part of the rule applied. */
type Rule = 'diff' | 'files' | 'json';

type Found = { rule: Rule; change: Change; closed: boolean };

/** A change as the text of a candidate, or why there is none. */
export type FoundChange =
  | { candidate: string; diagnostics: Diagnostic[]; evidence: Record<string, unknown> }
  | { refusal: string };

const diffTags = new Set(['diff', 'patch', 'udiff']);
const mostNamed = 20;

/**
 * Takes what a completion does to a tree of files out of it. The text has been normalised. The rule:
 *
 * 1. Reasoning is left out, as everywhere.
 * 2. Fences tagged `diff`, `patch` or `udiff`, joined in their order; else a fence without a tag that begins as a diff.
 * 3. Else all fences that have the name of a file: behind the tag (`python src/a.py`, `python:src/a.py`,
 *    `title="src/a.py"`), alone on the line before, or alone in a comment on the first line. Of two with one name the
 *    last counts.
 * 4. Else the last fence with a JSON object of texts by path, `{"files": {...}}`; null deletes a file.
 * 5. Without any fence, the whole text is read as such an object, or as a diff from its first header on.
 */
export function extractChange(completion: string): FoundChange {
  const { fences, text, reasoningUnclosed } = readCompletion(completion);
  if (reasoningUnclosed) return { refusal: 'the reasoning was opened with <think> and never closed' };
  const found = fences.length === 0 ? inText(text) : inFences(fences, completion.split('\n'));
  if (!found) {
    const refusal =
      'there is neither a unified diff, nor a fence with the name of a file, nor a JSON object of files';
    return { refusal: text.trim() === '' ? 'the answer is empty' : refusal };
  }
  const { rule, change, closed } = found;
  const files = change.by === 'files' ? { files: Object.keys(change.files).slice(0, mostNamed) } : {};
  return {
    candidate: writeChange(change),
    diagnostics: closed ? [] : [{ severity: 'warning', message: 'the last fence is not closed' }],
    evidence: { rule, fences: fences.length, ...files },
  };
}

function inText(text: string): Found | undefined {
  const files = readFilesObject(text);
  if (files) return { rule: 'json', change: { by: 'files', files }, closed: true };
  const diff = diffIn(text);
  return diff === undefined ? undefined : { rule: 'diff', change: { by: 'diff', text: diff }, closed: true };
}

function inFences(fences: readonly Fence[], lines: readonly string[]): Found | undefined {
  return inDiffs(fences) ?? inNamed(fences, lines) ?? inJson(fences);
}

function inDiffs(fences: readonly Fence[]): Found | undefined {
  const tagged = fences.filter(({ tag }) => diffTags.has(tag));
  const chosen =
    tagged.length > 0 ? tagged : fences.filter(({ tag, text }) => tag === '' && startsAsDiff(text));
  if (chosen.length === 0) return undefined;
  const text = chosen.map((fence) => `${fence.text}\n`).join('');
  return { rule: 'diff', change: { by: 'diff', text }, closed: allClosed(chosen) };
}

const startsAsDiff = (text: string) => diffIn(text) === text;

function inNamed(fences: readonly Fence[], lines: readonly string[]): Found | undefined {
  const named = fences.flatMap((fence) => {
    const name = nameOfFence(fence, lines);
    return name === undefined ? [] : [{ fence, name }];
  });
  if (named.length === 0) return undefined;
  const files: Record<string, string> = Object.create(null);
  for (const { fence, name } of named) files[name] = fence.text === '' ? '' : `${fence.text}\n`;
  return {
    rule: 'files',
    change: { by: 'files', files },
    closed: allClosed(named.map(({ fence }) => fence)),
  };
}

function inJson(fences: readonly Fence[]): Found | undefined {
  const fence = fences.findLast(({ text }) => readFilesObject(text) !== undefined);
  const files = fence && readFilesObject(fence.text);
  return files && { rule: 'json', change: { by: 'files', files }, closed: fence.closed };
}

const allClosed = (fences: readonly Fence[]) => fences.every(({ closed }) => closed);
