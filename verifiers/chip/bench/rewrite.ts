import { type Edit, editSource, textBetween } from '../verilog/edit-source.ts';
import { findModules } from '../verilog/modules.ts';
import { type Token, tokenize } from '../verilog/tokens.ts';

/** Gives a name of a design another: where it stands as a word, not in comments and strings. */
export function renamed(source: string, from: string, to: string): string {
  if (from === to) return source;
  const words = tokenize(source).filter(({ kind, text }) => kind === 'word' && text === from);
  return editSource(
    source,
    words.map((token) => ({ from: token, to: token, text: to })),
  );
}

/**
 * A bench without its waveform dumps. Where a dump file cannot be written a simulator ends at once, and some benches
 * then report that nothing was wrong.
 */
export function withoutDumps(source: string): string {
  const tokens = tokenize(source);
  const edits: Edit[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if (token.kind !== 'system' || !token.text.startsWith('$dump')) continue;
    while (at + 1 < tokens.length && tokens[at]?.text !== ';') at += 1;
    edits.push({ from: token, to: tokens[at] as Token, text: ';' });
  }
  return editSource(source, edits);
}

/** A module of a source, and the source without it; undefined where it has none of that name. */
export function withoutModule(source: string, name: string): { module: string; rest: string } | undefined {
  const tokens = tokenize(source);
  const found = findModules(tokens).find((module) => module.name.text === name);
  const [first, last] = [tokens[found?.start ?? -1], tokens[(found?.end ?? 0) - 1]];
  if (!found || !first || !last) return undefined;
  const rest = editSource(source, [{ from: first, to: last, text: '' }]);
  return { module: textBetween(source, first, last), rest };
}

/** Adds text at the end of a module; the source as it is where there is no such module. */
export function withAtEnd(source: string, module: string, text: string): string {
  const tokens = tokenize(source);
  const found = findModules(tokens).find(({ name }) => name.text === module);
  const last = found && tokens[found.end - 1];
  return last ? editSource(source, [{ from: last, text }]) : source;
}
