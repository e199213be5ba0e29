import { findModules } from './modules.ts';
import type { Token } from './tokens.ts';

/** The names of the modules of a text that no other of its modules speaks of, in the order of the text. */
export function outermostModules(tokens: Token[]): string[] {
  const modules = findModules(tokens);
  const words = modules.map(
    ({ start, end, name }) =>
      new Set(
        tokens
          .slice(start, end)
          .filter((token) => token.kind === 'word' && token.text !== name.text)
          .map(({ text }) => text),
      ),
  );
  return modules.map(({ name }) => name.text).filter((name) => !words.some((used) => used.has(name)));
}
