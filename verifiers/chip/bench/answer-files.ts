import { z } from 'zod';

const texts = z.record(z.string(), z.string());
const answerSchema = z.union([
  z.object({ code: z.array(texts) }).transform(({ code }) => Object.assign({}, ...code)),
  texts,
]);

/** The line that begins a file in an answer of several. */
const heading = /^[ \t]*\/\/[ \t]*file:[ \t]*(\S+)[ \t]*$/i;
export const headingOf = (path: string): string => `// file: ${path}`;

/**
 * The files of an answer that a task asks for, by path; one that the answer lacks is empty. An answer gives them behind
 * lines as `// file: rtl/a.sv`, or as JSON: `{"rtl/a.sv": "..."}` or `{"code": [{"rtl/a.sv": "..."}]}`. Whatever else it
 * names is left aside, so that an answer has no way to a file of the harness. Text without a name is the first file.
 */
export function answerFiles(answer: string, paths: readonly string[]): Record<string, string> {
  const found = filesOfJson(answer) ?? filesOfText(answer, paths[0] ?? '');
  return Object.fromEntries(
    paths.map((path) => [path, Object.hasOwn(found, path) ? (found[path] ?? '') : '']),
  );
}

/** Files as one text, which a tool reads as it is and `answerFiles` takes apart again; one file alone is its text. */
export function asOneText(files: Record<string, string>): string {
  const entries = Object.entries(files);
  const [first] = entries;
  if (first && entries.length === 1) return first[1];
  return entries.map(([path, text]) => `${headingOf(path)}\n${text.trimEnd()}\n`).join('');
}

function filesOfJson(answer: string): Record<string, string> | undefined {
  if (!answer.trimStart().startsWith('{')) return undefined;
  try {
    return answerSchema.safeParse(JSON.parse(answer)).data;
  } catch {
    return undefined;
  }
}

function filesOfText(answer: string, first: string): Record<string, string> {
  const lines = new Map<string, string[]>();
  let path = first;
  for (const line of answer.split('\n')) {
    const [, named] = heading.exec(line) ?? [];
    path = named ?? path;
    const own = lines.get(path) ?? [];
    if (named === undefined) own.push(line);
    lines.set(path, own);
  }
  return Object.fromEntries([...lines].map(([name, own]) => [name, own.join('\n')]));
}
