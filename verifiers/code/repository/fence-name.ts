import type { Fence } from '../../fences.ts';

/** What can be the name of a file: one word with a dot or a slash inside. */
const name = String.raw`(?:[^\s\x60*"'{}<>|:]*[./])+[^\s\x60*"'{}<>|:./]*[\w+-]`;

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

/** The name of the file that a fence holds, where it has one; `lines` are those of the completion. */
export function nameOfFence({ line, text }: Fence, lines: readonly string[]): string | undefined {
  const info = (lines[line - 1] ?? '').replace(/^.*?(?:`{3,}|~{3,})/, '').trim();
  const [first = ''] = text.split('\n', 1);
  const found = behindTag.exec(info) ?? alone.exec(lineBefore(line, lines)) ?? inComment.exec(first.trim());
  return found?.[1]?.replace(/^\.\/(?!\.)/, '');
}

/** One blank line may stand between a name and its fence. */
function lineBefore(line: number, lines: readonly string[]): string {
  const near = lines[line - 2]?.trim() ?? '';
  return near === '' ? (lines[line - 3]?.trim() ?? '') : near;
}
