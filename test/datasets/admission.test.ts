import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdmissionTask, isAdmissible } from '../../datasets/admission/admission-task.ts';
import { admitTask, standingOf } from '../../datasets/admission/admit-task.ts';
import {
  certificatePath,
  isFresh,
  readCertificate,
  writeCertificate,
} from '../../datasets/admission/certificate.ts';
import { loadTasks } from '../../datasets/load.ts';
import { withoutPowerUp } from '../../verifiers/chip/mutate/power-up.ts';
import { openVerifierSandbox } from '../../verifiers/open.ts';
import type { Sandbox } from '../../verifiers/sandbox/index.ts';

let sandbox: Sandbox;
let cwd = '';
beforeAll(async () => {
  sandbox = await openVerifierSandbox();
  cwd = mkdtempSync(join(tmpdir(), 'assay-admission-'));
});
afterAll(async () => {
  rmSync(cwd, { recursive: true });
  await sandbox.close();
});

const head = 'module keep (input clk, input rst, input en, input [3:0] d, output reg [3:0] q);\n';
const sound = `${head}always @(posedge clk) if (rst) q <= 4'd0; else if (en) q <= d;\nendmodule\n`;

async function taskOf(
  name: string,
  reference: string,
  stimulus = '{ random: { cycles: 200 } }',
): Promise<AdmissionTask> {
  mkdirSync(join(cwd, name));
  writeFileSync(join(cwd, name, 'reference.sv'), reference);
  writeFileSync(
    join(cwd, name, 'task.yaml'),
    `schema: 1
id: chip/${name}
title: Keep a word
difficulty: easy
source: { author: the tests, licence: Apache-2.0 }
prompt: Keep a word.
verify:
  kind: chip
  top: keep
  ports:
    - { name: clk, direction: input }
    - { name: rst, direction: input }
    - { name: en, direction: input }
    - { name: d, direction: input, width: 4 }
    - { name: q, direction: output, width: 4 }
  clock: { port: clk }
  reset: { port: rst }
  stimulus: ${stimulus}
reference: { file: reference.sv }
`,
  );
  const [task] = await loadTasks(join(cwd, name));
  if (!task || !isAdmissible(task)) throw new Error('no chip task was loaded');
  return task;
}

const admit = (task: AdmissionTask) => admitTask(task, { sandbox, mutants: 30 });

/** The rules that a task did not meet, with what was said. */
async function refusals(task: AdmissionTask): Promise<string[]> {
  const { findings } = await admit(task);
  return findings
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ rule, message }) => `${rule}: ${message}`);
}

test('a sound task is admitted, with all that was shown of it and under which tools', async () => {
  const certificate = await admit(await taskOf('sound', sound));
  expect(certificate).toMatchObject({ schema: 2, task: 'chip/sound', admitted: true });
  expect(certificate.findings.map(({ rule, outcome }) => `${rule} ${outcome}`)).toEqual([
    'reference pass',
    expect.stringMatching(/^synthesis (pass|skipped)$/),
    'defined pass',
    'trivial pass',
    'power-up pass',
    'given pass',
    'mutants pass',
  ]);
  const { judged, failed, equivalent, survivors } = certificate.mutants;
  expect(judged).toBeGreaterThan(10);
  expect(failed + equivalent + survivors.length).toBe(judged);
  expect(certificate.tools.map(({ name }) => name)).toContain('iverilog');
});

test.each([
  ['outputs that are never known', sound.replace('q <= d', "q <= {2'bxx, d[1:0]}"), 'defined'],
  [
    'values that only power-up gives',
    sound.replace('if (rst)', "if (d == 4'd9)").replace('always', "initial q = 4'd5;\nalways"),
    'power-up',
  ],
  ['a reference that passes an input through', `${head}always @* q = d;\nendmodule\n`, 'trivial'],
  ['a reference that does not compile', `${head}endmodul\n`, 'reference'],
])('%s: refused', async (name, reference, rule) => {
  const found = await refusals(await taskOf(name.replaceAll(' ', '-'), reference));
  expect(found).toEqual([expect.stringMatching(new RegExp(`^${rule}: `))]);
});

test('a stimulus that tells mutants from the reference too seldom is refused, and the mutants are listed', async () => {
  const task = await taskOf(
    'weak',
    sound,
    '{ random: { cycles: 0 }, directed: [{ set: { en: 1, d: 5 } }, { set: { en: 0, d: 2 } }] }',
  );
  const { admitted, mutants } = await admit(task);
  expect(admitted).toBe(false);
  expect(mutants.survivors.length).toBeGreaterThan(0);
  for (const { operator, line, fault, known } of mutants.survivors)
    expect([operator, line, fault, known]).toEqual([
      expect.any(String),
      2,
      expect.any(String),
      expect.any(String),
    ]);
});

test('a certificate lies beside its task and is stale when the task or a tool is another', async () => {
  const task = await taskOf('kept', sound);
  const path = certificatePath(task, 'elsewhere');
  expect(path).toBe(join(cwd, 'kept', 'admission.json'));
  const certificate = await admit(task);
  await writeCertificate(path, certificate);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(certificate);
  const standing = await standingOf(task, sandbox);
  const kept = await readCertificate(path);
  expect(isFresh(kept, standing)).toBe(true);
  expect(isFresh(kept, standing, 1)).toBe(false);
  appendFileSync(join(cwd, 'kept', 'reference.sv'), '\n');
  expect(isFresh(kept, await standingOf(task, sandbox))).toBe(false);
  expect(isFresh(kept, { ...standing, tools: [{ name: 'iverilog', version: '99' }] })).toBe(false);
  writeFileSync(path, '{ "schema": 1');
  expect(await readCertificate(path)).toBeUndefined();
});

test('an instance has a certificate of its own, and a task from elsewhere one in the folder that is named', () => {
  const at = (id: string, origin: string) => certificatePath({ id, origin }, '/kept');
  expect(at('chip/keep@7', '/tasks/keep/task.yaml')).toBe('/tasks/keep/admission@7.json');
  expect(at('generated/fsm.states-5@2', 'generated:fsm?states=5@2')).toBe(
    '/kept/generated_fsm.states-5@2.json',
  );
  expect(at('../../x', 'rows.jsonl:1')).toBe('/kept/.._.._x.json');
});

test('what a design sets at power-up is taken out, and nothing else', () => {
  const text =
    'module m;\n  reg a = 1;\n  wire b = a;\n  localparam C = 2;\n  initial begin a = 0; end\n  always @* begin reg d; d = 1; end\nendmodule\n';
  expect(withoutPowerUp(text)).toBe(
    'module m;\n  reg a ;\n  wire b = a;\n  localparam C = 2;\n  \n  always @* begin reg d; d = 1; end\nendmodule\n',
  );
});
