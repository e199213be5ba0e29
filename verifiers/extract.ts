import { languages } from './code/languages/index.ts';
import { extractChange } from './code/repository/extract-change.ts';
import { readCompletion } from './completion.ts';
import type { Fence } from './fences.ts';
import { type Frame, type Framed, placeInFrame } from './frame.ts';
import type { VerifiableTask } from './task.ts';
import type { Check, Diagnostic } from './verdict.ts';

/** The candidate taken out of a completion, with the check that records how; no candidate when the check failed. */
export type Extraction = { candidate?: string; check: Check };

/** Which part of the rule applied. */
type Rule = 'tagged-fence' | 'untagged-fence' | 'whole-text';

type Found = { text: string; rule: Rule; fence?: Fence };

/** The words by which a fence says that it holds a language, beside the language's own name. */
const aliases: Record<string, readonly string[]> = {
  ...Object.fromEntries([...languages.values()].map(({ name, fences }) => [name, fences])),
  verilog: ['v', 'sv', 'systemverilog', 'vh', 'svh'],
  systemverilog: ['sv', 'v', 'verilog', 'vh', 'svh'],
};

/** A longer candidate is refused: no honest answer comes near, and everything downstream is spared it. */
export const maxCandidateBytes = 1 << 20;

/**
 * Takes the candidate out of what a policy wrote. The rule, the same for every environment:
 *
 * 1. Reasoning is left out: `<think>...</think>`, and all before a `</think>` that nothing opened. A `<think>` that
 *    is never closed leaves no answer.
 * 2. The last fence tagged with the language or an alias of it; else the last fence without a tag; else, where there
 *    are fences of other languages only, nothing. A last fence that is not closed counts to the end.
 * 3. Without any fence, the whole text.
 *
 * 4. Where the task has a frame, the candidate is put into it, see `placeInFrame`.
 *
 * Line ends become `\n`, a byte order mark is dropped and lone surrogates become U+FFFD. The check's evidence names
 * the part of the rule that applied, and whether the answer is whole or continues the stub of its prompt. Total on any text, in linear time.
 *
 * @example
 * extractCandidate('Sure!\n```py\nx = 1\n```', 'python').candidate; // 'x = 1'
 */
export function extractCandidate(completion: string, language: string, frame?: Frame): Extraction {
  const completed = readCompletion(normalise(completion));
  if (completed.reasoningUnclosed) return refused('the reasoning was opened with <think> and never closed');
  const found = choose(completed.fences, completed.text, language);
  if (!found)
    return refused(`no fence is tagged ${language} or untagged: found ${tagList(completed.fences)}`);
  if (found.text.trim() === '') return refused(emptyMessage(found));
  const tooLong = lengthProblem(found.text);
  if (tooLong) return refused(tooLong);
  const framed = frame && placeInFrame(found.text, language, frame);
  return { candidate: framed?.text ?? found.text, check: passed(found, completed.fences.length, framed) };
}

/** Takes out of a completion what its task asks for: a program or a design, or what changes a tree of files. */
export function extractAnswer(
  completion: string,
  { verify, frame }: Pick<VerifiableTask, 'verify' | 'frame'>,
): Extraction {
  if (verify.mode !== 'repository') return extractCandidate(completion, verify.language, frame);
  const found = extractChange(normalise(completion));
  if ('refusal' in found) return refused(found.refusal);
  const { candidate, diagnostics, evidence } = found;
  const tooLong = lengthProblem(candidate);
  if (tooLong) return refused(tooLong);
  return {
    candidate,
    check: { name: 'extract', outcome: 'pass', score: 1, weight: 0, diagnostics, evidence },
  };
}

function lengthProblem(candidate: string): string | undefined {
  const bytes = Buffer.byteLength(candidate);
  if (bytes <= maxCandidateBytes) return undefined;
  return `the candidate has ${bytes} bytes; at most ${maxCandidateBytes} are read`;
}

function normalise(completion: string): string {
  const text = wellFormed(completion.startsWith('\uFEFF') ? completion.slice(1) : completion);
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
}

function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

function choose(fences: Fence[], text: string, language: string): Found | undefined {
  if (fences.length === 0) return { text, rule: 'whole-text' };
  const tags = [language, ...(aliases[language] ?? [])];
  const tagged = fences.findLast((fence) => tags.includes(fence.tag));
  if (tagged) return { text: tagged.text, rule: 'tagged-fence', fence: tagged };
  const untagged = fences.findLast((fence) => fence.tag === '');
  return untagged && { text: untagged.text, rule: 'untagged-fence', fence: untagged };
}

function passed({ rule, fence }: Found, fences: number, framed?: Framed): Check {
  const diagnostics: Diagnostic[] = [];
  if (fence && !fence.closed)
    diagnostics.push({ severity: 'warning', message: 'the last fence is not closed' });
  const place = framed && { answer: framed.answer, linesBefore: framed.lines };
  const evidence = { rule, fences, ...(fence && { line: fence.line }), ...place };
  return { name: 'extract', outcome: 'pass', score: 1, weight: 0, diagnostics, evidence };
}

function refused(message: string): Extraction {
  const diagnostics: Diagnostic[] = [{ severity: 'error', message }];
  return { check: { name: 'extract', outcome: 'fail', score: 0, weight: 0, diagnostics } };
}

function emptyMessage({ fence }: Found): string {
  return fence ? `the fence at line ${fence.line} is empty` : 'the answer is empty';
}

/** The tags that were found, at most five of them and none at length. */
function tagList(fences: Fence[]): string {
  const tags = [...new Set(fences.map((fence) => fence.tag.slice(0, 20)))];
  return tags.slice(0, 5).join(', ') + (tags.length > 5 ? ', ...' : '');
}
