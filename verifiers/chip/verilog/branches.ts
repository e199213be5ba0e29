import { Refused } from './refusal.ts';
import type { Token } from './tokens.ts';

/** An open `` `ifdef``: whether its present arm counts, whether an arm has counted, whether `` `else`` was seen. */
type Branch = Pick<Token, 'text' | 'line' | 'column'> & { active: boolean; taken: boolean; last: boolean };
export type Branches = Branch[];

const maxDepth = 128;

/** Whether text at this place belongs to the design. */
export function isActive(branches: Branches): boolean {
  return branches.every((branch) => branch.active);
}

/**
 * Takes in one of `` `ifdef``, `` `ifndef``, `` `elsif``, `` `else`` and `` `endif``. Symbols that tools define of
 * themselves (SYNTHESIS, VERILATOR...) are never set, so that all tools read the same. Returns the tokens used.
 */
export function decide(
  branches: Branches,
  token: Token,
  name: Token | undefined,
  defined: { has(name: string): boolean },
): number {
  const { text, line, column } = token;
  const opens = text === '`ifdef' || text === '`ifndef';
  const named = opens || text === '`elsif';
  if (named && name?.kind !== 'word')
    throw new Refused(token, 'directive', `${text} needs the name of a macro`);
  const holds = named && name !== undefined && defined.has(name.text) !== (text === '`ifndef');
  if (opens) {
    if (branches.length >= maxDepth)
      throw new Refused(token, 'directive', `\`ifdef is nested more than ${maxDepth} deep`);
    branches.push({ text, line, column, active: holds, taken: holds, last: false });
    return 2;
  }
  const branch = branches.at(-1);
  if (!branch) throw new Refused(token, 'directive', `${text} without \`ifdef`);
  if (text === '`endif') {
    branches.pop();
    return 1;
  }
  if (branch.last) throw new Refused(token, 'directive', `${text} after \`else`);
  branch.active = !branch.taken && (holds || text === '`else');
  branch.taken ||= branch.active;
  branch.last = text === '`else';
  return named ? 2 : 1;
}
