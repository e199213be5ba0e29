/** What a `--tasks` word means: tasks of a public format, a path, or ids of shipped tasks by a glob. */
export type Selector =
  | { kind: 'format'; format: string; path: string }
  | { kind: 'path'; path: string }
  | { kind: 'name'; name: string };

/**
 * Takes apart what `--tasks` was given: words joined by commas or given several times. `format:path` names a format;
 * what starts with `/`, `./` or `../` is a path; anything else is first a name of shipped tasks, then a path.
 */
export function parseSelectors(given: string | readonly string[]): Selector[] {
  const words = [given].flat().flatMap((text) => text.split(','));
  return words
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map(parseWord);
}

function parseWord(word: string): Selector {
  const [, format, path] = /^([a-z][a-z0-9-]+):(.+)$/s.exec(word) ?? [];
  if (format && path) return { kind: 'format', format, path };
  if (/^(\.{0,2}\/|\.{1,2}$)/.test(word)) return { kind: 'path', path: word };
  return { kind: 'name', name: word };
}

/** Whether an id fits a glob: `*` and `?` stay within one part of the id, `**` does not, `all` is every id. */
export function matchesName(name: string, id: string): boolean {
  if (name === 'all') return true;
  const pattern = name.replace(
    /\*\*\/?|[*?]|[^*?]+/g,
    (part) => globParts[part] ?? part.replace(/[^\w/-]/g, '\\$&'),
  );
  return new RegExp(`^${pattern}$`).test(id);
}

const globParts: Record<string, string> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
