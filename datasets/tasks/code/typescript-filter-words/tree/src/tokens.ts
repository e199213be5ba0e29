/** A word of a filter; `position` counts from 0. */
export type Token = { kind: 'name' | 'text' | 'number' | 'sign'; text: string; position: number };

const pattern = /\s*(?:([A-Za-z_]\w*)|"([^"]*)"|(-?\d+(?:\.\d+)?)|(!=|<=|>=|[=<>]))/y;

/** Cuts a filter into its words. */
export function tokensOf(filter: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < filter.length) {
    const found = pattern.exec(filter);
    if (!found) throw new Error('not a filter');
    const [whole, name, text, number, sign] = found;
    const position = found.index + whole.length - whole.trimStart().length;
    if (name !== undefined) tokens.push({ kind: 'name', text: name, position });
    else if (text !== undefined) tokens.push({ kind: 'text', text, position });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, position });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, position });
  }
  return tokens;
}
