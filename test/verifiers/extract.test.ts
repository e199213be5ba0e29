import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractCandidate, maxCandidateBytes } from '../../verifiers/extract.ts';

const fence = (tag: string, code: string, marks = '```') => `${marks}${tag}\n${code}\n${marks}`;

const rows: [name: string, completion: string, language: string, candidate: string | undefined][] = [
  ['the whole text without a fence', 'x = 1\n', 'python', 'x = 1\n'],
  ['the only fence', `Sure:\n\n${fence('python', 'x = 1')}\nDone.`, 'python', 'x = 1'],
  ['the last of several', `${fence('python', 'x = 1')}\n${fence('python', 'x = 2')}`, 'python', 'x = 2'],
  ['a tagged one before an untagged one', `${fence('py', 'x = 1')}\n${fence('', 'out')}`, 'python', 'x = 1'],
  ['the last untagged one', `${fence('', 'x = 1')}\n${fence('bash', 'ls')}`, 'python', 'x = 1'],
  ['nothing from other languages', fence('bash', 'ls'), 'python', undefined],
  ['a tag in capitals', fence('Python', 'x = 1'), 'python', 'x = 1'],
  ['a tag with words behind it', fence('ts title="a.ts"', 'let a = 1;'), 'typescript', 'let a = 1;'],
  ['a tag with a file name', fence('python:main.py', 'x = 1'), 'python', 'x = 1'],
  ['a tag in braces', fence('{.python}', 'x = 1'), 'python', 'x = 1'],
  ['SystemVerilog for Verilog', fence('sv', 'module m; endmodule'), 'verilog', 'module m; endmodule'],
  [
    'Verilog for SystemVerilog',
    fence('verilog', 'module m; endmodule'),
    'systemverilog',
    'module m; endmodule',
  ],
  ['no JavaScript for TypeScript', fence('js', 'let a = 1;'), 'typescript', undefined],
  ['a fence of tildes', fence('python', 'x = "```"', '~~~'), 'python', 'x = "```"'],
  [
    'a longer fence with a shorter inside',
    fence('python', '"""\n```\n"""', '````'),
    'python',
    '"""\n```\n"""',
  ],
  ['an unclosed last fence', '```python\nx = 1\ny = 2', 'python', 'x = 1\ny = 2'],
  [
    'an indented fence, unindented',
    '  ```py\n  if a:\n      b()\n c()\n  ```',
    'python',
    'if a:\n    b()\nc()',
  ],
  ['no fence at four spaces', '    ```py\nx = 1', 'python', '    ```py\nx = 1'],
  ['no fence with a backtick in its words', '``` a`b\nx = 1', 'python', '``` a`b\nx = 1'],
  ['no closing fence with words behind', '```py\na = 1\n``` b\nc = 2\n```', 'python', 'a = 1\n``` b\nc = 2'],
  ['no reasoning', `<think>${fence('py', 'x = 1')}</think>\n${fence('py', 'x = 2')}`, 'python', 'x = 2'],
  ['nothing when all is reasoning', `<think>\n${fence('py', 'x = 1')}\n</think>`, 'python', undefined],
  ['nothing before a lone closing tag', `${fence('py', 'x = 1')}\n</think>\ny = 2`, 'python', '\ny = 2'],
  ['nothing of an unclosed reasoning', `${fence('py', 'x = 1')}\n<think>wait`, 'python', undefined],
  [
    'what follows a fence left open in reasoning',
    `try\n\`\`\`py\nx = 1\n</think>\n${fence('py', 'y = 2')}`,
    'python',
    'y = 2',
  ],
  ['a fence behind a closing tag', '<think>a</think>```py\nx = 1\n```', 'python', 'x = 1'],
  ['several blocks of reasoning', '<think>a</think>x = 1\n<think>b</think>y = 2', 'python', 'x = 1\ny = 2'],
  [
    'tags inside a fence as code',
    fence('py', 'a = "<think>"; b = "</think>"'),
    'python',
    'a = "<think>"; b = "</think>"',
  ],
  ['an empty text as nothing', ' \n\t\n', 'python', undefined],
  ['an empty fence as nothing', fence('python', '  '), 'python', undefined],
  ['a byte order mark and CRLF', '\uFEFF```py\r\nx = 1\r\ny = 2\r\n```\r\n', 'python', 'x = 1\ny = 2'],
  [
    'lone surrogates as replacement characters',
    'x = "\uD800" + "\u{1F600}"',
    'python',
    'x = "\uFFFD" + "\u{1F600}"',
  ],
  ['NUL as it is', 'x = "\0"', 'python', 'x = "\0"'],
];

describe('extractCandidate', () => {
  it.each(rows)('takes %s', (_name, completion, language, candidate) => {
    const extraction = extractCandidate(completion, language);
    expect(extraction.candidate).toBe(candidate);
    expect(extraction.check.outcome).toBe(candidate === undefined ? 'fail' : 'pass');
  });

  it('records the part of the rule that applied', () => {
    const { check } = extractCandidate(`Hi\n\n${fence('bash', 'ls')}\n~~~python\nx = 1`, 'python');
    expect(check).toEqual({
      name: 'extract',
      outcome: 'pass',
      score: 1,
      weight: 0,
      diagnostics: [{ severity: 'warning', message: 'the last fence is not closed' }],
      evidence: { rule: 'tagged-fence', fences: 2, line: 6 },
    });
  });

  it('says which fences it found instead', () => {
    const { check } = extractCandidate(`${fence('bash', 'ls')}\n${fence('text', 'a')}`, 'python');
    expect(check.diagnostics).toEqual([
      { severity: 'error', message: 'no fence is tagged python or untagged: found bash, text' },
    ]);
  });

  it('refuses a candidate that is too long', () => {
    const { candidate, check } = extractCandidate('x'.repeat(maxCandidateBytes + 1), 'python');
    expect(candidate).toBeUndefined();
    expect(check.diagnostics[0]?.message).toContain(`${maxCandidateBytes + 1} bytes`);
  });

  it('gives back any code put into a fence of its own', () => {
    const code = fc
      .array(fc.string(), { minLength: 1 })
      .map((lines) => lines.join('\n').replaceAll('\r', ''))
      .filter((text) => text.trim() !== '' && !/^\s*<\/think>\s*$/m.test(text));
    fc.assert(
      fc.property(code, fc.constantFrom('`', '~'), (text, mark) => {
        const runs = text.match(mark === '`' ? /`+/g : /~+/g) ?? [];
        const marks = mark.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
        expect(extractCandidate(`Here:\n${fence('python', text, marks)}\nBye`, 'python').candidate).toBe(
          text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'),
        );
      }),
    );
  });

  it('ends with a candidate or a reason on anything at all', () => {
    const piece = fc.oneof(
      fc.constantFrom('```', '~~~~', '<think>', '</think>', '\n', '\r\n', 'python', ' ', '\0', '\uD800', '`'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(
        fc.array(piece),
        fc.constantFrom('python', 'typescript', 'verilog', 'cobol'),
        (pieces, language) => {
          const { candidate, check } = extractCandidate(pieces.join(''), language);
          expect(candidate === undefined).toBe(check.outcome === 'fail');
          if (candidate === undefined) expect(check.diagnostics[0]?.message).toBeTruthy();
        },
      ),
    );
  });

  const size = 2_000_000;
  it.each([
    ['opening tags', '<think>'],
    ['closing tags', '</think>'],
    ['pairs of tags and fences', '<think></think>```a`'],
    ['fences', '```\n'],
    ['fence words', '```a '],
    ['backticks', '`'],
    ['blanks', ' '],
    ['line ends', '\r\n'],
    ['tags on lines', '```\n</think>\n'],
  ])('stays linear on two megabytes of %s', (_name, unit) => {
    const text = unit.repeat(size / unit.length);
    expect(extractCandidate(text, 'python').check.name).toBe('extract');
    expect(extractCandidate(`\`\`\`python\n${text}`, 'python').check.name).toBe('extract');
  });
});
