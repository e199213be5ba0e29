import { expect, test } from 'vitest';
import { answerFiles, asOneText } from '../../../../verifiers/chip/bench/answer-files.ts';

const paths = ['rtl/a.sv', 'rtl/b.sv'];
const files = { 'rtl/a.sv': 'module a;\nendmodule\n', 'rtl/b.sv': 'module b;\nendmodule\n' };

test('an answer of files is one text, and that text is the files again', () => {
  expect(asOneText(files)).toBe(
    `// file: rtl/a.sv\n${files['rtl/a.sv']}// file: rtl/b.sv\n${files['rtl/b.sv']}`,
  );
  expect(asOneText(answerFiles(asOneText(files), paths))).toBe(asOneText(files));
  expect(asOneText({ 'rtl/a.sv': 'module a; endmodule' })).toBe('module a; endmodule');
});

test.each([
  ['as JSON by path', JSON.stringify({ ...files, 'src/.env': 'TOPLEVEL = b' })],
  [
    'as a list in JSON',
    JSON.stringify({ code: [{ 'rtl/b.sv': files['rtl/b.sv'] }, { 'rtl/a.sv': files['rtl/a.sv'] }] }),
  ],
])('files come %s, and no other than those asked for', (_how, answer) => {
  expect(answerFiles(answer, paths)).toEqual(files);
});

test('what stands below the name of another file is left aside, and what has none is the first', () => {
  const answer = `module a; endmodule\n//FILE: ../src/test_runner.py\nimport os\n// file: rtl/b.sv\nmodule b; endmodule`;
  expect(answerFiles(answer, paths)).toEqual({
    'rtl/a.sv': 'module a; endmodule',
    'rtl/b.sv': 'module b; endmodule',
  });
});

test.each([
  ['a name of the language', '__proto__'],
  ['no JSON', '{"rtl/a.sv": '],
  ['JSON of another form', '{"rtl/a.sv": 1}'],
])('%s is no file', (_what, answer) => {
  expect(answerFiles(answer, paths)).toEqual({ 'rtl/a.sv': answer, 'rtl/b.sv': '' });
  expect(answerFiles(JSON.stringify({ [answer]: 'x' }), paths)).toEqual({ 'rtl/a.sv': '', 'rtl/b.sv': '' });
});
