import type { Diagnostic } from '../../verdict.ts';
import { findModules } from './modules.ts';
import { refusal } from './refusal.ts';
import { type Token, tokenize } from './tokens.ts';

/** The line of a given design that stands for what is to be written. */
const gapLine = /^[ \t]*\/\/ <answer>[ \t]*$/gm;

/** An answer in its place; `refused` where it does not stay there. */
export type Placed = { text: string; refused?: Diagnostic };

/** What stands before and behind the gap of a given design; undefined where it has not one gap. */
export function partsOf(given: string): [before: string, after: string] | undefined {
  const parts = given.split(gapLine);
  return parts.length === 2 ? [parts[0] ?? '', parts[1] ?? ''] : undefined;
}

/**
 * Puts an answer into the gap of a given design. The answer is what fills the gap, or the whole module with all that was
 * given around the gap left as it is. What is given takes no lines of its own before the answer, so that messages count
 * the answer's lines.
 */
export function fillGap(given: string, answer: string, top: string): Placed {
  const [before, after] = (partsOf(given) ?? ['', '']).map(tokenize) as [Token[], Token[]];
  const tokens = tokenize(answer);
  if (findModules(tokens).some(({ name }) => name.text === top)) {
    return { text: answer, ...(!keeps(tokens, before, after) && { refused: changed(tokens) }) };
  }
  const refused = after.length > 0 ? leavingToken(tokens) : undefined;
  return { text: `${oneLine(before)} ${answer}\n${oneLine(after)}\n`, ...(refused && { refused }) };
}

const oneLine = (tokens: Token[]) => tokens.map(({ text }) => text).join(' ');

function keeps(tokens: Token[], before: Token[], after: Token[]): boolean {
  const tail = tokens.slice(tokens.length - after.length);
  return (
    tokens.length >= before.length + after.length &&
    before.every(({ text }, at) => tokens[at]?.text === text) &&
    after.every(({ text }, at) => tail[at]?.text === text)
  );
}

function changed(tokens: Token[]): Diagnostic {
  const message = 'what was given around the gap is not as it was: answer with what fills the gap alone';
  return refusal(tokens[0] ?? { line: 1, column: 1 }, 'gap', message);
}

/** Pairs of words that an answer must open itself where it closes them, and close where it opens them. */
const closers: Record<string, string> = { module: 'endmodule', macromodule: 'endmodule', begin: 'end' };
const opened = new Set(Object.values(closers));

/** What would turn the text behind the gap into something else than it was. */
function leavingToken(tokens: Token[]): Diagnostic | undefined {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind === 'directive')
      return refusal(token, 'gap', `${token.text}: no compiler directives are accepted here`);
    if (Object.hasOwn(closers, token.text)) open.push(token);
    if (!opened.has(token.text)) continue;
    const last = open.pop();
    if (!last || closers[last.text] !== token.text)
      return refusal(token, 'gap', `"${token.text}" closes what the answer has not opened`);
  }
  const left = open.at(-1);
  return left && refusal(left, 'gap', `"${left.text}" is not closed within the answer`);
}
