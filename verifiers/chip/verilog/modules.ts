import type { Token } from './tokens.ts';

/** One module of a design: its name and the tokens from `module` to `endmodule`. */
export type Module = { name: Token; start: number; end: number };

const openers: Record<string, string> = {
  module: 'endmodule',
  macromodule: 'endmodule',
  interface: 'endinterface',
  package: 'endpackage',
};

/** The modules, interfaces and packages of a design in the order of their text. */
export function findModules(tokens: Token[]): Module[] {
  const modules: Module[] = [];
  let open: (Module & { closer: string }) | undefined;
  for (const [index, token] of tokens.entries()) {
    if (open && token.text === open.closer) {
      modules.push({ name: open.name, start: open.start, end: index + 1 });
      open = undefined;
    }
    const closer = Object.hasOwn(openers, token.text) ? openers[token.text] : undefined;
    if (open || !closer) continue;
    const lifetime = /^(automatic|static)$/.test(tokens[index + 1]?.text ?? '');
    const name = tokens[index + (lifetime ? 2 : 1)];
    if (name) open = { name, start: index, end: tokens.length, closer };
  }
  return modules;
}

/** The names that stand in the header of a module, up to the first semicolon after its lists. */
export function headerWords(tokens: Token[], module: Module): Set<string> {
  const words = new Set<string>();
  let depth = 0;
  for (let at = module.start; at < module.end; at += 1) {
    const token = tokens[at] as Token;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (token.text === ';' && depth === 0 && !followsImport(tokens, at)) break;
    if (token.kind === 'word') words.add(token.text);
  }
  return words;
}

function followsImport(tokens: Token[], at: number): boolean {
  return tokens[at - 2]?.text === '::';
}
