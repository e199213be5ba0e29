/** A fenced block of Markdown. `line` is where it opens, counted from 1. */
export type Fence = { tag: string; text: string; line: number; closed: boolean };

/** An opening fence: up to three spaces, then three or more backticks or tildes. */
export type FenceOpening = { indent: number; marker: string; tag: string };

const openingPattern = /^( {0,3})(`{3,}|~{3,})(.*)$/s;
const closingPattern = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;

/**
 * Reads a line as the opening of a fence, by the rules of CommonMark 0.31, section 4.5: the words behind a backtick
 * fence hold no backtick.
 */
export function readOpening(line: string): FenceOpening | undefined {
  const [, indent, marker, info] = openingPattern.exec(line) ?? [];
  if (indent === undefined || marker === undefined || info === undefined) return undefined;
  if (marker.startsWith('`') && info.includes('`')) return undefined;
  return { indent: indent.length, marker, tag: tagOf(info) };
}

/** Whether a line closes the fence: the same character, at least as many, and nothing behind. */
export function closes(line: string, { marker }: FenceOpening): boolean {
  const found = closingPattern.exec(line)?.[1];
  return found !== undefined && found[0] === marker[0] && found.length >= marker.length;
}

/** A line of a fence's text, without as much indentation as its opening had. */
export function unindent(line: string, { indent }: FenceOpening): string {
  let spaces = 0;
  while (spaces < indent && line[spaces] === ' ') spaces += 1;
  return line.slice(spaces);
}

/** The language of an info string: `python`, `Python title="a"`, `python:main.py` and `{.python}` all say python. */
function tagOf(info: string): string {
  const word = /^[\s{.]*([^\s{}:,;]*)/.exec(info)?.[1] ?? '';
  return word.toLowerCase();
}
