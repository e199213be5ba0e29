import { type Task, taskFileSchema } from '../../datasets/task.ts';

/** A small Python task whose test values are told apart from everything else. */
export function sampleTask(changes: Partial<Task> = {}): Task {
  const {
    schema: _,
    reference: _file,
    mutants: _mutants,
    ...file
  } = taskFileSchema.parse({
    schema: 1,
    id: 'sample/double',
    title: 'Double a number',
    difficulty: 'easy',
    source: { author: 'Assay authors', licence: 'Apache-2.0' },
    prompt: 'Write a Python function `double(x)` that returns twice `x`.\n',
    verify: {
      kind: 'code',
      language: 'python',
      mode: 'calls',
      entry: 'double',
      cases: [
        { name: 'a small number', args: [2], returns: 4 },
        { name: 'a large number', args: [71828182], returns: 143656364 },
        { args: [-31415926], returns: -62831852 },
      ],
    },
    reference: { file: 'reference.py' },
  });
  return {
    ...file,
    reference: 'def double(x):\n    return 2 * x\n',
    mutants: [{ name: 'square', fault: 'squares', text: 'def double(x):\n    return x * x\n' }],
    completions: [
      { kind: 'right', text: 'Twice:\n\n```python\ndef double(x):\n    return x + x\n```\n' },
      { kind: 'malformed', text: 'I would double it.\n```\n```\n' },
      { kind: 'hacking', text: '```python\nimport os\nos._exit(0)\n```\n' },
    ],
    origin: 'test',
    ...changes,
  };
}
