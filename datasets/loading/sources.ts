import type { TaskFile } from '../task.ts';
import type { FieldPath } from './problem.ts';

/** A field of a task's `verify` that names a file in place of a text. */
export type NamedSource = { field: FieldPath; file: string };

/** The fields that hold sources, at any depth, by the kind of task; elsewhere `file` may be the name of a port. */
const holders: Readonly<Record<string, readonly string[]>> = { chip: ['given', 'designs'], code: ['suite'] };

/** The files that the `verify` of a task names. */
export function sourcesOf(verify: TaskFile['verify']): NamedSource[] {
  return held(verify).flatMap(([key, value]) => find(value, ['verify', key]));
}

/** The same `verify` with the texts of those files in their place. */
export function withTexts<Spec extends TaskFile['verify']>(
  verify: Spec,
  textOf: (file: string) => string,
): Spec {
  const replaced = held(verify).map(([key, value]) => [key, replace(value, textOf)]);
  // What replaces a source is a source again, so the shape stays what the schema made it.
  return { ...verify, ...Object.fromEntries(replaced) };
}

function held(verify: TaskFile['verify']): [string, unknown][] {
  return Object.entries(verify).filter(([key]) => holders[verify.kind]?.includes(key));
}

function find(value: unknown, field: FieldPath): NamedSource[] {
  if (!isContainer(value)) return [];
  if (typeof value.file === 'string') return [{ field: [...field, 'file'], file: value.file }];
  const step = (key: string) => (Array.isArray(value) ? Number(key) : key);
  return Object.entries(value).flatMap(([key, inner]) => find(inner, [...field, step(key)]));
}

function replace(value: unknown, textOf: (file: string) => string): unknown {
  if (Array.isArray(value)) return value.map((inner) => replace(inner, textOf));
  if (!isContainer(value)) return value;
  const { file, ...rest } = value;
  if (typeof file === 'string') return { ...rest, text: textOf(file) };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner, textOf)]));
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
