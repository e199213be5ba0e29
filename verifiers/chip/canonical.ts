import type { Token } from './tokens.ts';

/**
 * Writes tokens out as text, each on the line where it stood, and in its column where macros leave room. Tokens that
 * touched still touch; tokens that did not are kept apart.
 */
export function canonicalText(tokens: Token[]): string {
  const parts: string[] = [];
  let line = 1;
  let column = 1;
  for (const token of tokens) {
    if (token.line > line) {
      parts.push('\n'.repeat(token.line - line));
      line = token.line;
      column = 1;
    }
    if (token.kind === 'directive' && column > 1) {
      parts.push('\n');
      line += 1;
      column = 1;
    }
    const gap = Math.max(token.column - column, token.spaced && column > 1 ? 1 : 0);
    const text = token.kind === 'number' ? token.text.replace(/\s+/g, '') : token.text;
    parts.push(' '.repeat(gap), text);
    column += gap + text.length;
    if (token.kind === 'directive') {
      parts.push('\n');
      line += 1;
      column = 1;
    }
  }
  return `${parts.join('')}\n`;
}
