import type { Token } from './tokens.ts';

/**
 * Writes tokens out as text, each on the line where it stood, and in its column where macros leave room. Tokens that
 * touched still touch; tokens that did not are kept apart.
 */
export function canonicalText(tokens: Token[]): string {
  const parts: string[] = [];
  let line = 1;
  let column = 1;
  const breakLines = (count: number) => {
    parts.push('\n'.repeat(count));
    line += count;
    column = 1;
  };
  for (const token of tokens) {
    if (token.line > line) breakLines(token.line - line);
    const alone = token.kind === 'directive';
    if (alone && column > 1) breakLines(1);
    const apart = token.spaced && column > 1 ? 1 : 0;
    const gap = alone ? 0 : Math.max(token.column - column, apart);
    const text = token.kind === 'number' ? token.text.replace(/\s+/g, '') : token.text;
    parts.push(' '.repeat(gap), text);
    column += gap + text.length;
    if (alone) breakLines(1);
  }
  return `${parts.join('')}\n`;
}
