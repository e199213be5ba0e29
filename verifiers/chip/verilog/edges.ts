import type { Token } from './tokens.ts';

/** An edge that a design waits for: `posedge clk`. */
export type Edge = { edge: 'posedge' | 'negedge'; signal: string };

/** The event controls of a design that name edges, each with all edges of its list: `@(posedge clk or negedge rst_n)`. */
export function edgeLists(tokens: readonly Token[]): Edge[][] {
  const lists: Edge[][] = [];
  for (const [index, { text }] of tokens.entries()) {
    if (text !== '@' || tokens[index + 1]?.text !== '(') continue;
    const list: Edge[] = [];
    for (let at = index + 2; at < tokens.length && tokens[at]?.text !== ')'; at += 1) {
      const edge = tokens[at]?.text;
      const signal = tokens[at + 1];
      if ((edge === 'posedge' || edge === 'negedge') && signal?.kind === 'word')
        list.push({ edge, signal: signal.text });
    }
    if (list.length > 0) lists.push(list);
  }
  return lists;
}

/** Those of the names whose edges a design waits for, with the edge that is named first. */
export function edgeInputs(tokens: readonly Token[], names: ReadonlySet<string>): Map<string, Edge['edge']> {
  const found = new Map<string, Edge['edge']>();
  for (const { edge, signal } of edgeLists(tokens).flat())
    if (names.has(signal) && !found.has(signal)) found.set(signal, edge);
  return found;
}
