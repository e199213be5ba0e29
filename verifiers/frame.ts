import { z } from 'zod';
import { anyDefinition, languages } from './code/languages/index.ts';
import { openBraces } from './open-braces.ts';
import { remembered } from './remembered.ts';

/**
 * The code that an answer is put into before it is judged. An answer is either a whole solution or continues the stub
 * that its prompt ended with; `placeInFrame` tells which.
 */
export const frameSchema = z.strictObject({
  /** Put before and behind a whole solution, e.g. the imports that its prompt showed. */
  before: z.string().default(''),
  after: z.string().default(''),
  /** What an answer may continue: code as far as the prompt has it, what closes it, and the name it defines. */
  stub: z
    .strictObject({
      entry: z.string().min(1),
      before: z.string(),
      after: z.string().default(''),
      /** Braces that code and answer leave open are closed before `after`: some answers stop short of the last one. */
      closesBraces: z.boolean().optional(),
    })
    .optional(),
});
export type Frame = z.infer<typeof frameSchema>;

/** A candidate in its frame; `lines` of it stand before the answer's own first line. */
export type Framed = { text: string; answer: 'whole' | 'continues'; lines: number };

/**
 * Puts an answer into the frame of its task. An answer is a whole solution if its first line of code stands at the
 * margin and a line at the margin defines the entry of the stub; else it continues the stub. Without a stub every
 * answer is whole.
 *
 * @example
 * const stub = { entry: 'double', before: 'def double(x):\n', after: '' };
 * placeInFrame('    return 2 * x', 'python', { before: '', after: '', stub }).answer; // 'continues'
 */
export function placeInFrame(candidate: string, language: string, { before, after, stub }: Frame): Framed {
  if (stub && !isWhole(candidate, language, stub.entry)) {
    const open = stub.closesBraces ? openBraces(stub.before + candidate) : 0;
    return framed('continues', stub.before, candidate, '}\n'.repeat(open) + stub.after);
  }
  return framed('whole', endedLine(before), candidate, after);
}

/** Code joins on as it is, so that a stub may end in the middle of a line; what closes it starts a new one. */
function framed(answer: Framed['answer'], before: string, candidate: string, after: string): Framed {
  const text = after === '' ? before + candidate : `${before}${endedLine(candidate)}${after}`;
  return { text, answer, lines: before.split('\n').length - 1 };
}

function endedLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

const commentStart = /^[ \t]*(?:\/\/|\/\*|\*|#(?!\s*(?:include|define|pragma|!\[|\[))|--|$)/;

function isWhole(candidate: string, language: string, entry: string): boolean {
  if (/^\s/.test(firstCode(candidate))) return false;
  return definition(`${language} ${entry}`).test(candidate);
}

/** The first line that is no comment. */
function firstCode(candidate: string): string {
  for (let from = 0; from <= candidate.length; ) {
    const end = candidate.indexOf('\n', from);
    const line = candidate.slice(from, end < 0 ? candidate.length : end);
    if (!commentStart.test(line)) return line;
    from += line.length + 1;
  }
  return '';
}

/** A definition at the margin, by the words `language entry`: to compile it takes longer than to look for it. */
const definition = remembered(1000, (words) => {
  const [language = '', ...entry] = words.split(' ');
  const name = entry.join(' ').replaceAll(/[^\w]/g, '\\$&');
  const pattern = (languages.get(language)?.definition ?? anyDefinition).replaceAll('NAME', () => name);
  return new RegExp(`^(?:${pattern})`, 'm');
});
