import type { Diagnostic } from '../../verdict.ts';
import type { Change } from './change.ts';
import { blockedPath, type Files, matches, pathProblem } from './tree.ts';
import { applyHunks, costOf, type FilePatch, hunkHeader, readDiff } from './unified-diff.ts';

/** A tree after a change: all files, and the paths of those that are not as they were. */
export type Applied = { files: Files; touched: string[]; restored: string[] };

type Draft = Map<string, string>;
type Clean = ReadonlyMap<string, string>;

const mostFiles = 1000;
const mostBytes = 8 << 20;
/** Comparisons of lines; honest changes need a few thousand. */
const mostCost = 20_000_000;

/**
 * Does a change to a tree. Paths that are `protected` stay as they were, whatever the change says of them, and where the
 * tests put theirs nothing may stand in the way; all else that cannot be done is told, and then nothing is.
 */
export function applyChange(
  tree: Files,
  change: Change,
  { protectedPaths, reserved = [] }: { protectedPaths: readonly string[]; reserved?: readonly string[] },
): Applied | { problems: Diagnostic[] } {
  const clean: Clean = new Map(Object.entries(tree));
  const draft: Draft = new Map(clean);
  const problems = change.by === 'files' ? putFiles(draft, change.files) : applyDiff(draft, change.text);
  if (problems.length > 0) return { problems };
  const restored = restore(draft, clean, protectedPaths);
  const spoiled = treeProblems(draft, reserved);
  if (spoiled.length > 0) return { problems: spoiled };
  const files: Record<string, string> = Object.create(null);
  for (const [path, text] of [...draft].sort(([a], [b]) => (a < b ? -1 : 1))) files[path] = text;
  return { files, touched: touchedPaths(draft, clean), restored };
}

function problem(message: string, file?: string): Diagnostic {
  return {
    severity: 'error',
    message,
    ...(file !== undefined && { file: file.slice(0, 200) }),
    code: 'invalid',
  };
}

function putFiles(draft: Draft, files: Readonly<Record<string, string | null>>): Diagnostic[] {
  const problems = Object.keys(files).flatMap((path) => {
    const why = pathProblem(path);
    return why ? [problem(`the path ${why}`, path)] : [];
  });
  if (problems.length > 0) return problems;
  for (const [path, text] of Object.entries(files)) {
    if (text === null) draft.delete(path);
    else draft.set(path, text);
  }
  return [];
}

function applyDiff(draft: Draft, text: string): Diagnostic[] {
  const read = readDiff(text);
  if ('problem' in read) return [problem(`the diff is malformed: ${read.problem}`)];
  if (read.files.length === 0) return [problem('the diff names no file')];
  let cost = 0;
  for (const file of read.files) {
    cost += costOf(draft.get(file.from ?? '') ?? '', file.patch);
    const found = cost > mostCost ? problem('the diff takes too long to apply') : patchFile(draft, file);
    if (found) return [found];
  }
  return [];
}

function patchFile(draft: Draft, { from, to, unsupported, patch }: FilePatch): Diagnostic | undefined {
  const path = to ?? from ?? '';
  for (const name of [from, to]) {
    const why = name === null ? undefined : pathProblem(name);
    if (why) return problem(`the path ${why}`, name ?? '');
  }
  if (unsupported) return problem(`the file ${unsupported}, which no candidate may bring`, path);
  const before = from === null ? '' : draft.get(from);
  if (before === undefined) return problem('the diff changes a file that is not there', from ?? '');
  if (from === null && draft.has(path)) return problem('the diff makes a file that is already there', path);
  const result = applyHunks(before, patch);
  if ('hunk' in result) {
    return problem(`hunk ${result.hunk} (${hunkHeader(patch, result.hunk)}) does not apply`, path);
  }
  if (from !== null && from !== to) draft.delete(from);
  if (to !== null) draft.set(to, result.text);
  return undefined;
}

/** Puts protected files back, and takes away those that are new; tells which. */
function restore(draft: Draft, clean: Clean, patterns: readonly string[]): string[] {
  const spoiled = touchedPaths(draft, clean).filter((path) => matches(path, patterns));
  for (const path of spoiled) {
    const text = clean.get(path);
    if (text === undefined) draft.delete(path);
    else draft.set(path, text);
  }
  return spoiled;
}

function treeProblems(draft: Draft, reserved: readonly string[]): Diagnostic[] {
  const blocked = blockedPath([...new Set([...draft.keys(), ...reserved])]);
  if (blocked !== undefined) return [problem('a folder of the path is a file', blocked)];
  if (draft.size > mostFiles) return [problem(`the tree would have more than ${mostFiles} files`)];
  const bytes = [...draft.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return bytes > mostBytes ? [problem(`the tree would have more than ${mostBytes} bytes`)] : [];
}

function touchedPaths(draft: Draft, clean: Clean): string[] {
  const paths = new Set([...draft.keys(), ...clean.keys()]);
  return [...paths].filter((path) => draft.get(path) !== clean.get(path)).sort();
}
