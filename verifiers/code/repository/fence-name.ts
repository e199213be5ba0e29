import type { Fence } from '../../fences.ts';

/** What can be the name of a file: one word with a dot or a slash inside. */
const name = String.raw`(?:[^\s\x60*"'{}<>|:./]*[./])+[^\s\x60*"'{}<>|:./]*[\w+-]`;

const behindTag = new RegExp(
  `^(?:[\\w+#-]+[\\s:{]+)?(?:(?:title|file|filename|path|name)=)?["']?(${name})["']?\\}?$`,
);
const alone = new RegExp(
  `^(?:[#>*\\-\\s]|\\d+\\.\\s)*(?:(?:new )?file(?:name)?:?|path:)?\\s*[*\x60]*(${name})[*\x60]*:?[*\x60]*$`,
  'i',
);
const inComment = new RegExp(
  `^(?://|#|--|/\\*|<!--)\\s*(?:file(?:name)?:|path:)?\\s*(${name})\\s*(?:\\*/|-->)?$`,
  'i',
);

/** Longer lines hold no name, and are not looked at, so that no line takes long. */
const longestLine = 300;

/** The name of the file that a fence holds, where it has one; `lines` are those of the completion. */
export function nameOfFence({ line, text }: Fence, lines: readonly string[]): string | undefined {
  const info = short(lines[line - 1])
    .replace(/^.*?(?:`{3,}|~{3,})/, '')
    .trim();
  const first = short(text.slice(0, longestLine + 1).split('\n', 1)[0]);
  const found = behindTag.exec(info) ?? alone.exec(lineBefore(line, lines)) ?? inComment.exec(first.trim());
  return found?.[1]?.replace(/^\.\/(?!\.)/, '');
}

/** One blank line may stand between a name and its fence. */
function lineBefore(line: number, lines: readonly string[]): string {
  const near = lines[line - 2] ?? '';
  return short(near.trim() === '' ? lines[line - 3] : near).trim();
}

const short = (line = '') => (line.length > longestLine ? '' : line);
