import { describe, expect, it } from 'vitest';
import { extractCandidate } from '../../verifiers/extract.ts';
import { type Frame, placeInFrame } from '../../verifiers/frame.ts';

const python: Frame = {
  before: 'from typing import List',
  after: '',
  stub: {
    entry: 'total',
    before: 'from typing import List\n\ndef total(items: List[int]) -> int:\n',
    after: '',
  },
};
const body = '    return sum(items)\n';
const whole = 'def total(items):\n    return sum(items)\n';

const javascript: Frame = {
  before: '',
  after: '',
  stub: { entry: 'total', before: 'function total(items){\n', after: '' },
};
const cpp: Frame = {
  before: '#include <vector>\n',
  after: '',
  stub: { entry: 'total', before: 'long total(std::vector<long> items) {\n', after: '}\n' },
};

const rows: [name: string, language: string, frame: Frame, answer: string, how: string][] = [
  ['an indented body', 'python', python, body, 'continues'],
  ['a definition', 'python', python, whole, 'whole'],
  ['a definition behind imports and comments', 'python', python, `# sums\nimport math\n\n${whole}`, 'whole'],
  ['an asynchronous definition', 'python', python, `async ${whole}`, 'whole'],
  ['a name that is bound to a function', 'python', python, 'total = sum\n', 'whole'],
  ['a body that goes on with a second definition', 'python', python, `${body}\n${whole}`, 'continues'],
  [
    'a body with a definition inside',
    'python',
    python,
    `    def total(a):\n        pass\n${body}`,
    'continues',
  ],
  ['a definition of another name', 'python', python, 'def totals(items):\n    pass\n', 'continues'],
  ['a comparison with the name', 'python', python, 'total == 3\n', 'continues'],
  ['a function', 'javascript', javascript, 'function total(items) { return 1; }', 'whole'],
  ['an exported constant', 'typescript', javascript, 'export const total = (a: number[]) => 1;', 'whole'],
  ['a body at the margin', 'javascript', javascript, 'return items.length ? total([]) : 0;\n}', 'continues'],
  [
    'a definition with its type',
    'cpp',
    cpp,
    '#include <vector>\nlong total(std::vector<long> a) {\n}',
    'whole',
  ],
  ['a recursive call at the margin', 'cpp', cpp, 'return total(items);\n', 'continues'],
  ['a body that calls itself', 'cpp', cpp, '    if (total(items)) return 1;\n', 'continues'],
  ['an empty answer', 'python', python, '', 'continues'],
];

describe('placeInFrame', () => {
  it.each(rows)('knows %s in %s', (_name, language, frame, answer, how) => {
    expect(placeInFrame(answer, language, frame).answer).toBe(how);
  });

  it('puts the stub before an answer that continues it, and what closes it behind', () => {
    expect(placeInFrame('    return 1;', 'cpp', cpp)).toEqual({
      text: 'long total(std::vector<long> items) {\n    return 1;\n}\n',
      answer: 'continues',
      lines: 1,
    });
  });

  it('puts the imports of the prompt before a whole answer', () => {
    expect(placeInFrame(whole, 'python', python)).toEqual({
      text: `from typing import List\n${whole}`,
      answer: 'whole',
      lines: 1,
    });
  });

  it('takes every answer for whole where there is no stub', () => {
    const frame = { before: '', after: 'end\n' };
    expect(placeInFrame(body, 'python', frame)).toEqual({ text: `${body}end\n`, answer: 'whole', lines: 0 });
  });

  it('continues in the middle of a line, as a prompt may end there', () => {
    const frame = { before: '', after: '', stub: { entry: 'f', before: 'f = lambda x:', after: '' } };
    expect(placeInFrame(' x + 1', 'python', frame).text).toBe('f = lambda x: x + 1');
  });

  it('closes the braces that an answer leaves open, and no more', () => {
    const stub = {
      entry: 'total',
      before: 'long total(std::vector<long> items) {\n',
      closesBraces: true,
      after: '',
    };
    const frame = { before: '', after: '', stub };
    const text = (answer: string) => placeInFrame(answer, 'cpp', frame).text.slice(stub.before.length);
    expect(text('  return 0;')).toBe('  return 0;\n}\n');
    expect(text('  return 0;\n}')).toBe('  return 0;\n}');
    expect(
      text("  if (items.empty()) { // {\n    char c = '{', d = '\\''; auto s = \"}\\\"}\"; /* } */"),
    ).toMatch(/\n\}\n\}\n$/);
    expect(text('  return 0;\n}\n}')).toBe('  return 0;\n}\n}');
  });

  it('takes linear time for a long line', () => {
    const long = `${'long '.repeat(200_000)}x`;
    expect(placeInFrame(long, 'cpp', cpp).answer).toBe('continues');
    const stub = { entry: 'f', before: 'int f() {', closesBraces: true, after: '' };
    for (const piece of ['/* ', '"\\"', "'\\", '`']) {
      expect(placeInFrame(piece.repeat(300_000), 'cpp', { before: '', after: '', stub }).answer).toBe(
        'continues',
      );
    }
  });
});

describe('extractCandidate with a frame', () => {
  it('records how the answer was taken', () => {
    const { candidate, check } = extractCandidate(`Sure:\n\`\`\`python\n${body}\`\`\``, 'python', python);
    expect(candidate).toBe(`${python.stub?.before}${body.trimEnd()}`);
    expect(check.evidence).toEqual({
      rule: 'tagged-fence',
      fences: 1,
      line: 2,
      answer: 'continues',
      linesBefore: 3,
    });
  });

  it('refuses an answer without content all the same', () => {
    expect(extractCandidate(' \n', 'python', python).candidate).toBeUndefined();
  });
});
