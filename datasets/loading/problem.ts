/** Where in a task a problem lies: the keys and indices that lead to it from the top. */
export type FieldPath = readonly (string | number)[];

/** Something that is wrong with a task: the field, and what it should be. */
export type Problem = { field: FieldPath; message: string };

/** A field as people write it, e.g. `verify.cases[0].args`. */
export function fieldName(path: FieldPath): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
}
