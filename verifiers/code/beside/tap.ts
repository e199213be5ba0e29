import type { Reported } from './reported.ts';

const resultLine = /^( *)(not )?ok\b(?:[ \t]+\d+)?(?:[ \t]+-)?[ \t]*(.*)$/;
const subtestLine = /^( *)# Subtest: (.*)$/;
const directive = /(?<!\\)#\s*(skip|todo)\b.*$/i;

/**
 * The tests of a TAP report, version 12 to 14. A test within another is named by both, `outer > inner`; the outer one is
 * none of its own, unless it fails though all within it pass. `# SKIP` and `# TODO` are no passes, and `Bail out!` fails.
 */
export function readTap(text: string): Reported[] {
  const reader = new TapReader();
  for (const line of text.split('\n')) reader.read(line);
  return reader.tests;
}

/** A test that is open, and what was told of those within it. */
type Open = { title: string; inner: number; failed: boolean };

class TapReader {
  readonly tests: Reported[] = [];
  /** By depth: the outermost is the report itself. */
  readonly #open: Open[] = [open('')];

  read(line: string): void {
    const [, indent = '', title] = subtestLine.exec(line) ?? [];
    if (title !== undefined) this.#start(depthOf(indent), title);
    if (/^ *Bail out!/.test(line))
      this.tests.push({ name: 'bail out', outcome: 'failed', words: line.trim() });
    const [, before = '', not, rest] = resultLine.exec(line) ?? [];
    if (rest !== undefined) this.#end(depthOf(before), not !== undefined, rest);
  }

  #start(depth: number, title: string): void {
    this.#open.length = Math.min(this.#open.length, depth + 1);
    this.#open.push(open(unescaped(title)));
  }

  #end(depth: number, failed: boolean, rest: string): void {
    const within = this.#open[depth + 1];
    this.#open.length = Math.min(this.#open.length, depth + 1);
    const around = this.#open.at(-1);
    const isTold = within !== undefined && within.inner > 0 && (within.failed || !failed);
    if (around) [around.inner, around.failed] = [around.inner + 1, around.failed || failed];
    if (isTold) return;
    const titles = [...this.#open.slice(1).map(({ title }) => title), unescaped(rest.replace(directive, ''))];
    this.tests.push({ name: titles.join(' > '), outcome: outcomeOf(failed, rest) });
  }
}

const open = (title: string): Open => ({ title, inner: 0, failed: false });

function outcomeOf(failed: boolean, rest: string): Reported['outcome'] {
  if (directive.test(rest)) return 'skipped';
  return failed ? 'failed' : 'passed';
}

const depthOf = (indent: string) => Math.floor(indent.length / 4);
const unescaped = (text: string) => text.trim().replace(/\\([\\#])/g, '$1');
