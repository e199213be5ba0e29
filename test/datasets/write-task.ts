import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A small task that is valid; tests change what they speak of. */
export const doubleTask = `schema: 1
id: python/double
title: Double a number
difficulty: easy
source: { author: the tests, licence: Apache-2.0 }
prompt: Write a Python function double(x) that returns twice x.
verify:
  kind: code
  language: python
  mode: calls
  entry: double
  cases:
    - { args: [3], returns: 6 }
    - { args: [-1], returns: -2 }
reference: { file: reference.py }
mutants:
  - { file: mutants/adds-two.py, fault: adds two }
completions:
  - { kind: right, file: reference.py, before: Here it is. }
  - { kind: malformed, text: I would rather not. }
`;

const files = {
  'reference.py': 'def double(x):\n    return 2 * x\n',
  'mutants/adds-two.py': 'def double(x):\n    return x + 2\n',
};

/** Writes a task's folder and answers its path. */
export function writeTask(folder: string, yaml: string | Uint8Array = doubleTask): string {
  for (const [name, content] of Object.entries({ ...files, 'task.yaml': yaml })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
