import type { Task } from '../datasets/task.ts';
import { designTexts } from '../verifiers/chip/equivalence/counterexample.ts';
import type { EquivalenceSpec } from '../verifiers/chip/equivalence/spec.ts';
import { type Source, sourceText } from '../verifiers/chip/source.ts';
import type { RepositorySpec } from '../verifiers/code/repository/spec.ts';
import { filesOf } from '../verifiers/code/repository/tree.ts';
import type { Verdict } from '../verifiers/verdict.ts';
import { diagnosis } from './feedback.ts';
import { environmentOf } from './registry.ts';

/**
 * The first message of an episode: the task's prompt; the design that it starts from, where it has one; and what the tools
 * say of this design, where the environment lets it be judged first.
 */
export function opening(task: Task, told?: Verdict): string {
  if (task.verify.mode === 'equivalence') return comparison(task, task.verify);
  if (task.verify.mode === 'repository') return treeShown(task, task.verify);
  const given = givenOf(task);
  if (!given) return task.prompt;
  const parts = [
    task.prompt.trimEnd(),
    `${environmentOf(task).givenAs ?? 'The design as it stands:'}\n\n${fenced(task.verify.language, sourceText(given))}`,
    ...(told ? [`What the tools say of it:\n\n${diagnosis(task, told)}`] : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The design that is judged before the first answer, to be diagnosed for the policy. */
export function diagnosedDesign(task: Task): string | undefined {
  const given = environmentOf(task).diagnosesGiven ? givenOf(task) : undefined;
  return given && sourceText(given);
}

function givenOf({ verify }: Task): Source | undefined {
  return 'given' in verify ? verify.given : undefined;
}

function fenced(language: string, text: string): string {
  const marker = text.includes('```') ? '````' : '```';
  return `${marker}${language}\n${text.trimEnd()}\n${marker}`;
}

const howToAnswer = `Answer with a unified diff of these files in one fenced code block tagged \`diff\`, or with each file that you change or add as a whole, in a fenced code block of its own whose line before holds the file's path and nothing else.`;

/** The tree that is to be changed, and how to answer. */
function treeShown({ prompt }: Task, { tree, protected: kept }: RepositorySpec): string {
  const files = Object.entries(filesOf(tree)).map(
    ([path, text]) => `\`${path}\`\n${fenced(tagOf(path), text)}`,
  );
  const fixed =
    kept.length === 0 ? [] : [`These stay as they are: ${kept.map((path) => `\`${path}\``).join(', ')}.`];
  return `${[prompt.trimEnd(), 'The files as they stand:', ...files, ...fixed, howToAnswer].join('\n\n')}\n`;
}

const tagOf = (path: string) => /\.(\w+)$/.exec(path)?.[1] ?? '';

/** The designs that are to be held against each other, with their names. */
function comparison({ prompt }: Task, spec: EquivalenceSpec): string {
  const { original, others } = designTexts(spec);
  const shown = [
    { name: 'The original', text: original },
    ...others.map(({ name, text }) => ({ name: `\`${name}\``, text })),
  ];
  const parts = shown.map(({ name, text }) => `${name}:\n\n${fenced(spec.hdl, text)}`);
  return `${[prompt.trimEnd(), ...parts].join('\n\n')}\n`;
}
