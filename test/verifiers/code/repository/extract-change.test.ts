import { describe, expect, it } from 'vitest';
import { readChange } from '../../../../verifiers/code/repository/change.ts';
import { extractChange } from '../../../../verifiers/code/repository/extract-change.ts';

/** The change in a completion; the reason where there is none. */
function changeIn(completion: string) {
  const found = extractChange(completion);
  return 'refusal' in found ? found.refusal : readChange(found.candidate);
}

const diff = '--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a\n+b\n';
const fence = (info: string, text: string, before = '') => `${before}\`\`\`${info}\n${text}\n\`\`\`\n`;

describe('the change in a completion', () => {
  it('is all its diffs, whatever else it shows', () => {
    const shown = fence('python', 'print(1)', 'src/x.py\n');
    const completion = `Words\n${shown}${fence('diff', diff.trimEnd())}more\n${fence('patch', diff.trimEnd())}`;
    expect(changeIn(completion)).toEqual({ by: 'diff', text: diff + diff });
    expect(changeIn(fence('', diff.trimEnd()))).toEqual({ by: 'diff', text: diff });
  });

  it.each([
    ['behind the tag', fence('python src/x.py', 'a')],
    ['behind a colon', fence('python:src/x.py', 'a')],
    ['as a title', fence('python title="src/x.py"', 'a')],
    ['in place of the tag', fence('src/x.py', 'a')],
    ['on the line before', fence('python', 'a', 'src/x.py\n')],
    ['as a heading', fence('python', 'a', '### `src/x.py`\n\n')],
    ['in bold', fence('python', 'a', '**src/x.py**:\n')],
    ['with the word file', fence('python', 'a', 'File: `src/x.py`\n')],
  ])('is each fence with a name %s', (_, completion) => {
    expect(changeIn(`First.\n\n${completion}`)).toEqual({ by: 'files', files: { 'src/x.py': 'a\n' } });
  });

  it('takes a name from a comment on the first line, which stays', () => {
    expect(changeIn(fence('python', '# src/x.py\na'))).toEqual({
      by: 'files',
      files: { 'src/x.py': '# src/x.py\na\n' },
    });
  });

  it('takes no sentence for a name', () => {
    for (const before of ['Here is src/x.py and more:\n', 'It is done, e.g.\n', 'i.e.:\n', 'Mend it.\n']) {
      expect(changeIn(fence('python', 'a', before))).toMatch(/^there is neither/);
    }
  });

  it('keeps the last of two fences with one name, and the name of a path that it may not have', () => {
    const twice = fence('js', '1', 'a.js\n') + fence('js', '2', 'a.js\n');
    expect(changeIn(twice)).toEqual({ by: 'files', files: { 'a.js': '2\n' } });
    const evil = fence('sh', 'x', '../../etc/profile.sh\n');
    expect(changeIn(evil)).toEqual({ by: 'files', files: { '../../etc/profile.sh': 'x\n' } });
  });

  it('is not held up by lines that nearly are names', () => {
    const lines = [
      'a/'.repeat(149),
      '#'.repeat(299),
      '* '.repeat(149),
      'a.'.repeat(149),
      '1. '.repeat(99),
      'a/'.repeat(90_000),
    ];
    for (const line of lines) {
      const completion = `${line}!\n${fence(`${line}!`, `# ${line}!`)}`;
      expect(changeIn(completion)).toMatch(/^there is neither/);
    }
  });

  it('is a JSON object of files, fenced or bare', () => {
    const files = { 'a.js': 'x', 'b.js': null };
    const change = { by: 'files', files };
    expect(changeIn(JSON.stringify({ files }))).toEqual(change);
    expect(changeIn(JSON.stringify(files))).toEqual(change);
    expect(changeIn(`So:\n${fence('json', JSON.stringify({ files }, null, 2))}`)).toEqual(change);
    expect(changeIn('{"files": {"a.js": 3}}')).toMatch(/^there is neither/);
  });

  it('is what it was when it is read again', () => {
    for (const completion of [
      diff,
      `Words before.\n${diff}`,
      '{"a/b.c": "x"}',
      fence('c', 'int x;', 'a/b.c\n'),
    ]) {
      const found = extractChange(completion);
      if ('refusal' in found) throw new Error(found.refusal);
      expect(extractChange(found.candidate)).toMatchObject({ candidate: found.candidate });
    }
  });

  it('stands outside of the reasoning', () => {
    expect(changeIn(`<think>\n${fence('diff', diff)}</think>\nI cannot.`)).toMatch(/^there is neither/);
    expect(changeIn('<think>')).toMatch(/never closed/);
    expect(changeIn(' \n')).toBe('the answer is empty');
  });

  it('says that a fence is not closed', () => {
    expect(extractChange('a/x.py\n```python\nx = 1')).toMatchObject({
      diagnostics: [{ severity: 'warning', message: 'the last fence is not closed' }],
    });
  });
});
