import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadTasks } from '../../datasets/load.ts';
import { withInstances } from '../../datasets/loading/selector.ts';
import { evaluate } from '../../datasets/parameters/expression.ts';
import { fillText } from '../../datasets/parameters/fill.ts';
import { asAssayError } from '../../verifiers/errors.ts';

const register = `schema: 1
id: chip/keep
parameters:
  width: { from: 2, to: 9, default: 4 }
  top: { from: "2 ** (width - 1)", to: "ones(width)", default: 9 }
  control:
    of:
      - { port: rst, active: high, test: rst, edge: posedge }
      - { port: rst_n, active: low, test: "!rst_n", edge: negedge }
  last: { is: width - 1 }
title: Keep \${width} bits
difficulty: easy
source: { author: the tests, licence: Apache-2.0 }
prompt: Keep \${width} bits up to \${top}, with \${control.port}. $\${this} stays.
verify:
  kind: chip
  top: keep
  ports:
    - { name: clk, direction: input }
    - { name: "\${control.port}", direction: input }
    - { name: d, direction: input, width: "\${width}" }
    - { name: q, direction: output, width: "\${width}" }
  clock: { port: clk }
  reset: { port: "\${control.port}", active: "\${control.active}" }
  stimulus: { random: { high: { "\${control.port}": 0.5 } } }
reference: { file: reference.sv }
`;
const text =
  'module keep (input clk, input ${control.port}, input [${last}:0] d, output reg [${last}:0] q);\n' +
  "  always @(posedge clk) if (${control.test}) q <= 0; else q <= d > ${width}'d${top} ? ${width}'d${top} : d;\n" +
  'endmodule\n';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'assay-parameters-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

function write(name: string, yaml = register, reference = text): string {
  mkdirSync(join(cwd, name));
  writeFileSync(join(cwd, name, 'task.yaml'), yaml);
  writeFileSync(join(cwd, name, 'reference.sv'), reference);
  return `./${name}`;
}

const load = (selector: string) => loadTasks(selector, { cwd });
const refusal = (selector: string) =>
  load(selector)
    .then(() => 'loaded')
    .catch((thrown) => asAssayError(thrown).message);

test('without an instance a task has its defaults and first choices', async () => {
  const [task] = await load(write('plain'));
  expect(task).toMatchObject({
    id: 'chip/keep',
    title: 'Keep 4 bits',
    prompt: 'Keep 4 bits up to 9, with rst. ${this} stays.',
    parameters: {
      width: 4,
      top: 9,
      control: { port: 'rst', active: 'high', test: 'rst', edge: 'posedge' },
      last: 3,
    },
    verify: {
      ports: [{ name: 'clk' }, { name: 'rst' }, { width: 4 }, { width: 4 }],
      reset: { active: 'high' },
    },
    reference:
      'module keep (input clk, input rst, input [3:0] d, output reg [3:0] q);\n' +
      "  always @(posedge clk) if (rst) q <= 0; else q <= d > 4'd9 ? 4'd9 : d;\n" +
      'endmodule\n',
  });
});

test('an instance is the same whenever it is loaded, and instances differ', async () => {
  const folder = write('instances');
  const tasks = await load(`${folder}@0..19`);
  expect(tasks.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, n) => `chip/keep@${n}`));
  expect(await load(`${folder}@7`)).toEqual([tasks[7]]);
  expect(new Set(tasks.map(({ prompt }) => prompt)).size).toBeGreaterThan(10);
  for (const { parameters } of tasks) {
    const { width, top } = parameters as { width: number; top: number };
    expect(width >= 2 && width <= 9 && top >= 2 ** (width - 1) && top < 2 ** width).toBe(true);
  }
});

test('of tasks without parameters a range means the task, and one instance is refused', async () => {
  expect((await load('python/frontiers@0..3')).map(({ id }) => id)).toEqual(['python/frontiers']);
  expect(await refusal('python/frontiers@3')).toContain(
    'the task has no parameters, so it has no instance 3',
  );
  expect(await refusal('python/frontiers@3..1')).toContain('ends before it starts');
});

test('what is wrong with parameters and their places is told with its field', async () => {
  const faulty = (from: string, to: string) => register.replace(from, to);
  expect(await refusal(write('a', faulty('${width} bits up', '${wide} bits up')))).toContain(
    'a/task.yaml:14:1: prompt: "wide" is not a parameter: they are width, top, control, last',
  );
  expect(await refusal(`${write('b', faulty('from: 2, to: 9', 'from: 9, to: 2'))}@1`)).toContain(
    'parameters.width: 9 to 2 is no range',
  );
  expect(await refusal(write('c', faulty('{ is: width - 1 }', '{ is: width - }')))).toContain(
    'parameters.last: the expression ends too soon',
  );
  expect(await refusal(write('d', faulty('{ is: width - 1 }', '{ was: 1 }')))).toContain('parameters.last: ');
  expect(await refusal(write('e', register, 'module ${keep.x} ${'))).toContain(
    'reference.file: "keep.x" is not a parameter',
  );
  expect(await refusal(write('f', register, 'module ${ '))).toContain('reference.file: a "${" has no "}"');
});

test.each([
  ['1 + 2 * 3', 7n],
  ['(1 + 2) * 3', 9n],
  ['2 ** 3 ** 2 - 1', 511n],
  ['-5 % 3', -2n],
  ['7 / 2 - 10', -7n],
  ['clog2(5) + clog2(1) + clog2(8)', 6n],
  ['max(w, 3) + min(w, 3)', 11n],
  ['hex(255, 4)', '00ff'],
  ['bin(w)', '1000'],
  ['ones(64)', 18446744073709551615n],
  ['port.name', 'rst'],
])('%s is %s', (expression, expected) => {
  expect(
    evaluate(
      expression,
      new Map<string, bigint | { name: string }>([
        ['w', 8n],
        ['port', { name: 'rst' }],
      ]),
    ),
  ).toBe(expected);
});

test.each([
  ['1 +'],
  [''],
  ['1 2'],
  ['(1'],
  ['nosuch(1)'],
  ['1 / 0'],
  ['2 ** 99999'],
  ['hex(-1)'],
  ['"text"'],
  ['w.x'],
  ['1 +* 2'],
])('%j is refused', (expression) => {
  expect(() => evaluate(expression, new Map([['w', 8n]]))).toThrow();
});

test('text without places stays as it is, Verilog with its own braces too', () => {
  fc.assert(
    fc.property(
      fc.string().filter((one) => !one.includes('${')),
      (one) => fillText(one, new Map()) === one,
    ),
  );
  expect(fillText('{{4{a[3]}}, b} @(posedge clk) $display', new Map())).toBe(
    '{{4{a[3]}}, b} @(posedge clk) $display',
  );
});

test('so many instances of each word are asked for, but where it names its own', () => {
  expect(withInstances(['chip/*,./mine', 'a/b@3', 'all@1..2', 'assay-jsonl:x'], 4)).toEqual([
    'chip/*@0..3',
    './mine@0..3',
    'a/b@3',
    'all@1..2',
    'assay-jsonl:x',
  ]);
});

test('a mutant may be the reference with one place replaced, which must be there once', async () => {
  const mutant =
    'mutants:\n  - { fault: "Takes what is above ${top}!", replace: "d > ${width}", with: "d < ${width}" }\n';
  const [task] = await load(write('patched', register + mutant));
  expect(task?.mutants).toEqual([
    {
      name: 'takes-what-is-above-9',
      fault: 'Takes what is above 9!',
      text: task?.reference.replace('d > 4', 'd < 4'),
    },
  ]);
  const twice = mutant.replace('d > ${width}', "${width}'d");
  expect(await refusal(write('twice', register + twice))).toContain(
    'mutants[0].replace: stands 2 times in the reference: it must stand there once',
  );
  expect(await refusal(write('neither', `${register}mutants:\n  - { fault: none }\n`))).toContain(
    'mutants[0]: a mutant needs either "file", or "replace" and "with"',
  );
});
