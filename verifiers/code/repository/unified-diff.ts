import { applyPatch, parsePatch, type StructuredPatch } from 'diff';

// The only file that knows the library of diffs.

/** What a diff does to one file: hunks, and the paths before and after; null where there is no file. */
export type FilePatch = {
  from: string | null;
  to: string | null;
  /** What no tree can take: a link, a binary file, a copy. */
  unsupported?: string;
  patch: StructuredPatch;
};

/** The files of a unified diff; a text that is none, or whose counts of lines are wrong, is told as a problem. */
export function readDiff(text: string): { files: FilePatch[] } | { problem: string } {
  try {
    return { files: parsePatch(text).filter(isOfFile).map(filePatch) };
  } catch (thrown) {
    return { problem: thrown instanceof Error ? thrown.message.slice(0, 300) : 'it cannot be read' };
  }
}

/** Words before the first header are read as a patch of nothing. */
function isOfFile({ oldFileName, newFileName, hunks }: StructuredPatch): boolean {
  return oldFileName !== undefined || newFileName !== undefined || hunks.length > 0;
}

function filePatch(patch: StructuredPatch): FilePatch {
  const { oldFileName, newFileName, isCreate, isDelete } = patch;
  const unsupported = unsupportedIn(patch);
  return {
    from: isCreate ? null : pathOf(oldFileName),
    to: isDelete ? null : pathOf(newFileName),
    ...(unsupported && { unsupported }),
    patch,
  };
}

function unsupportedIn({
  isBinary,
  isCopy,
  oldMode = '',
  newMode = '',
}: StructuredPatch): string | undefined {
  if (isBinary) return 'is binary';
  if (isCopy) return 'is a copy of another file';
  const special = [oldMode, newMode].find((mode) => mode !== '' && !mode.startsWith('100'));
  return special && (special === '120000' ? 'is a symbolic link' : `has the mode ${special}`);
}

/** Paths have the prefixes `a/` and `b/` as git writes them, or none. */
function pathOf(name = ''): string | null {
  if (name === '/dev/null') return null;
  return name.replace(/^[ab]\//, '').replace(/^\.\/(?!\.)/, '');
}

/** Hunks of a text may be moved, but not fuzzy: lines that are taken out or stand around must be there as they are. */
export function applyHunks(text: string, patch: StructuredPatch): { text: string } | { hunk: number } {
  const result = applyPatch(text, patch, { autoConvertLineEndings: false });
  return result === false ? { hunk: firstBroken(text, patch) } : { text: result };
}

/** The first hunk, counted from 1, that does not fit behind those before it. */
function firstBroken(text: string, patch: StructuredPatch): number {
  let [fits, breaks] = [0, patch.hunks.length];
  while (breaks - fits > 1) {
    const middle = (fits + breaks) >> 1;
    const part = { ...patch, hunks: patch.hunks.slice(0, middle) };
    if (applyPatch(text, part, { autoConvertLineEndings: false }) === false) breaks = middle;
    else fits = middle;
  }
  return breaks;
}

/** `@@ -10,6 +10,7 @@`, as the diff has it. */
export function hunkHeader({ hunks }: StructuredPatch, hunk: number): string {
  const { oldStart = 0, oldLines = 0, newStart = 0, newLines = 0 } = hunks[hunk - 1] ?? {};
  return `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`;
}

/** What applying may cost: each hunk is looked for all over the file. */
export function costOf(text: string, { hunks }: StructuredPatch): number {
  const lines = text.split('\n').length;
  return hunks.reduce((sum, { lines: own }) => sum + lines * (1 + own.length), 0);
}
