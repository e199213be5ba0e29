import { extname } from 'node:path';
import { type Language, languageOf } from '../../verifiers/code/languages/index.ts';
import { applyChange } from '../../verifiers/code/repository/apply-change.ts';
import { readChange, writeChange } from '../../verifiers/code/repository/change.ts';
import type { RepositorySpec } from '../../verifiers/code/repository/spec.ts';
import { filesOf } from '../../verifiers/code/repository/tree.ts';
import { extractAnswer } from '../../verifiers/extract.ts';
import type { Task } from '../task.ts';

/** Makes a candidate that compiles and never ends, where need be out of one that is right. */
function endless(task: Task): string {
  const { verify, reference } = task;
  if (verify.kind === 'chip') return spinning(reference);
  if (verify.mode === 'repository') return endlessTree(task, verify);
  const { text, place } = languageOf(verify.language).endless;
  return placed[place](reference, text);
}

/** The reference's change, with the first file of the language that it touches made endless. */
function endlessTree(
  { reference, frame, verify }: Task,
  { tree, language, ...spec }: RepositorySpec,
): string {
  const { candidate = '' } = extractAnswer(reference, { verify, frame });
  const applied = applyChange(filesOf(tree), readChange(candidate), { protectedPaths: spec.protected });
  if ('problems' in applied) return '';
  const { files, touched } = applied;
  const changed = Object.fromEntries(touched.map((path) => [path, files[path] ?? null]));
  const ending = extname(languageOf(language).file);
  const chosen = touched.find((path) => path.endsWith(ending) && files[path] !== undefined);
  const { text, place } = languageOf(language).endless;
  // What others import of the file must still be there.
  const put = placed[place === 'alone' ? 'before' : place];
  if (chosen !== undefined) changed[chosen] = put(files[chosen] ?? '', text);
  return writeChange({ by: 'files', files: changed });
}

const placed: Record<Language['endless']['place'], (reference: string, text: string) => string> = {
  alone: (_, text) => text,
  before: (reference, text) => text + reference,
  after: (reference, text) => reference + text,
  // In the class that is the first to open.
  inside: (reference, text) => reference.replace(/^[^{]*\{/, (head) => head + text),
};

/** Spins without time passing. The condition holds for ever, which no tool needs to find out. */
const spinner = `
  reg assay_spin;
  initial begin
    assay_spin = 1'b0;
    while (assay_spin !== 1'bx) assay_spin = ~assay_spin;
  end
`;

function spinning(reference: string): string {
  const end = reference.lastIndexOf('endmodule');
  return `${reference.slice(0, end)}${spinner}${reference.slice(end)}`;
}

/** The limit an endless candidate is judged under, so that it is soon seen to be stopped. */
export const endlessCpuMs = 1000;

/** A candidate for `task` that must be stopped, and the task with the short limit. */
export function endlessCase(task: Task): { task: Task; candidate: string } {
  const { frame: _, ...bare } = task;
  const { verify } = task;
  const limits = { ...verify.limits, cpuSeconds: endlessCpuMs / 1000 };
  return {
    task: { ...bare, verify: whole({ ...verify, limits } as Task['verify']) },
    candidate: endless(task),
  };
}

/** What fills a gap may have no place for a loop, and a testbench is to run into its limit once. */
function whole(verify: Task['verify']): Task['verify'] {
  if (verify.kind !== 'chip') return verify;
  if (verify.mode === 'testbench')
    return { ...verify, designs: { ...verify.designs, right: verify.designs.right.slice(0, 1) } };
  if (verify.mode !== 'completion') return verify;
  const { given: _, ...rest } = verify;
  return { ...rest, mode: 'design' };
}
