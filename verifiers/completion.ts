import { closes, type Fence, type FenceOpening, readOpening, unindent } from './fences.ts';

/** What stands in a completion once the reasoning is left out. */
export type Completion = {
  fences: Fence[];
  /** All text outside the reasoning, fences included. */
  text: string;
  /** A `<think>` was opened and never closed, so that no answer follows. */
  reasoningUnclosed: boolean;
};

const tagPattern = /<\/?think>/g;
const closeTag = '</think>';
/** A text without any of them has neither fences nor reasoning. */
const marks = /`{3}|~{3}|<\/?think>/;

/**
 * Reads a completion line by line into its fences and its text, and leaves the reasoning out: what stands between
 * `<think>` and `</think>`, and everything before a `</think>` that nothing opened (the prompt may have opened it).
 * Inside a fence the tags are code, save a `</think>` alone on its line, which ends the reasoning that held the
 * fence. Takes time linear in the length.
 */
export function readCompletion(completion: string): Completion {
  if (!marks.test(completion)) return { fences: [], text: completion, reasoningUnclosed: false };
  const reader = new CompletionReader();
  for (const line of completion.split('\n')) reader.read(line);
  return reader.end();
}

type OpenFence = { opening: FenceOpening; line: number; lines: string[] };

class CompletionReader {
  #line = 0;
  #fences: Fence[] = [];
  #text: string[] = [];
  #open: OpenFence | undefined;
  #reasoning = false;

  read(line: string): void {
    this.#line += 1;
    if (this.#open) this.#readCode(line, this.#open);
    else this.#readProse(line);
  }

  end(): Completion {
    if (this.#open) this.#endFence(this.#open, false);
    return { fences: this.#fences, text: this.#text.join('\n'), reasoningUnclosed: this.#reasoning };
  }

  #readCode(line: string, open: OpenFence): void {
    if (line.trim() === closeTag) {
      this.#open = undefined;
      this.#forget();
      return;
    }
    this.#text.push(line);
    if (closes(line, open.opening)) this.#endFence(open, true);
    else open.lines.push(unindent(line, open.opening));
  }

  /** A line that starts outside of any fence, in the answer or in the reasoning. */
  #readProse(line: string): void {
    if (!this.#reasoning && this.#startFence(line)) return;
    let kept = '';
    let from = 0;
    for (const { 0: tag, index } of line.matchAll(tagPattern)) {
      if (!this.#reasoning) kept += line.slice(from, index);
      if (tag === closeTag && !this.#reasoning) {
        this.#forget();
        kept = '';
      }
      this.#reasoning = tag !== closeTag;
      from = index + tag.length;
    }
    const rest = this.#reasoning ? '' : line.slice(from);
    if (from > 0 && this.#startFence(rest)) return;
    this.#text.push(kept + rest);
  }

  #startFence(line: string): boolean {
    const opening = readOpening(line);
    if (!opening) return false;
    this.#open = { opening, line: this.#line, lines: [] };
    this.#text.push(line);
    return true;
  }

  #endFence(open: OpenFence, closed: boolean): void {
    this.#fences.push({ tag: open.opening.tag, text: open.lines.join('\n'), line: open.line, closed });
    this.#open = undefined;
  }

  /** What came so far was reasoning that the completion did not open itself. */
  #forget(): void {
    this.#fences = [];
    this.#text = [];
  }
}
