import { describe, expect, it } from 'vitest';
import { applyChange } from '../../../../verifiers/code/repository/apply-change.ts';
import type { Change } from '../../../../verifiers/code/repository/change.ts';

const tree = {
  'src/a.py': 'one\ntwo\nthree\nfour\nfive\n',
  'src/b.py': 'b\n',
  'tests/test_a.py': 'assert True\n',
};

function apply(change: Change, protectedPaths: string[] = [], reserved: string[] = []) {
  return applyChange(tree, change, { protectedPaths, reserved });
}

const diff = (text: string): Change => ({ by: 'diff', text });
const files = (changed: Record<string, string | null>): Change => ({ by: 'files', files: changed });

/** What is wrong with a change, as `file: message`; nothing when it applies. */
function problems(change: Change, reserved: string[] = []): string[] {
  const applied = apply(change, [], reserved);
  if (!('problems' in applied)) return [];
  expect(applied.problems.every(({ code, severity }) => code === 'invalid' && severity === 'error')).toBe(
    true,
  );
  return applied.problems.map(({ file, message }) => (file === undefined ? message : `${file}: ${message}`));
}

const mend = `Some words.
diff --git a/src/a.py b/src/a.py
index 83db48f..bf269f4 100644
--- a/src/a.py
+++ b/src/a.py
@@ -1,3 +1,3 @@
 one
-two
+TWO
 three
@@ -4,2 +4,3 @@ def f():
 four
 five
+six
`;

describe('a change of a tree', () => {
  it('is whole files, where null takes one away', () => {
    expect(apply(files({ 'src/b.py': null, 'src/c.py': 'c\n' }))).toEqual({
      files: { 'src/a.py': tree['src/a.py'], 'src/c.py': 'c\n', 'tests/test_a.py': 'assert True\n' },
      touched: ['src/b.py', 'src/c.py'],
      restored: [],
    });
  });

  it('is a unified diff, with or without the headers of git', () => {
    const mended = { 'src/a.py': 'one\nTWO\nthree\nfour\nfive\nsix\n' };
    expect(apply(diff(mend))).toMatchObject({ files: mended, touched: ['src/a.py'] });
    const plain = mend.replace(/^[\s\S]*?(?=--- )/, '').replaceAll(/ [ab]\/src/g, ' src');
    expect(apply(diff(plain))).toMatchObject({ files: mended });
  });

  it('may find its lines elsewhere, but only as they are', () => {
    const moved = mend.replace('@@ -1,3 +1,3 @@', '@@ -40,3 +40,3 @@');
    expect(problems(diff(moved))).toEqual([]);
    expect(problems(diff(mend.replace(' three', ' thre')))).toEqual([
      'src/a.py: hunk 1 (@@ -1,3 +1,3 @@) does not apply',
    ]);
    expect(problems(diff(mend.replace(' five\n+six', ' fife\n+six')))).toEqual([
      'src/a.py: hunk 2 (@@ -4,2 +4,3 @@) does not apply',
    ]);
  });

  it('makes, deletes and renames files by a diff', () => {
    const text = `diff --git a/src/c.py b/src/c.py
new file mode 100644
--- /dev/null
+++ b/src/c.py
@@ -0,0 +1 @@
+c
diff --git a/src/b.py b/src/b.py
deleted file mode 100644
--- a/src/b.py
+++ /dev/null
@@ -1 +0,0 @@
-b
diff --git a/src/a.py b/lib/a.py
similarity index 100%
rename from src/a.py
rename to lib/a.py
`;
    expect(apply(diff(text))).toMatchObject({ touched: ['lib/a.py', 'src/a.py', 'src/b.py', 'src/c.py'] });
  });

  it('is invalid where it does not fit the tree', () => {
    expect(problems(diff(mend.replaceAll('src/a.py', 'src/z.py')))).toEqual([
      'src/z.py: the diff changes a file that is not there',
    ]);
    expect(problems(diff('--- /dev/null\n+++ b/src/b.py\n@@ -0,0 +1 @@\n+x\n'))).toEqual([
      'src/b.py: the diff makes a file that is already there',
    ]);
    expect(problems(diff('--- a/src/b.py\n+++ b/src/b.py\n@@ -1,7 +1,2 @@\n b\n+x\n'))).toEqual([
      expect.stringContaining('the diff is malformed: '),
    ]);
    expect(problems(diff('nothing of the kind'))).toEqual(['the diff names no file']);
  });

  it.each([
    ['leads out of the tree', '../x.py'],
    ['leads out of the tree', 'src/../../x.py'],
    ['is absolute', '/etc/passwd'],
    ['has an empty part', 'src//x.py'],
    ['has an empty part', './x.py'],
    ['lies in .git', '.git/hooks/post-checkout'],
    ['has a backslash or a control character', 'a\\b'],
    ['has a backslash or a control character', 'a\u0000b'],
    ['has a backslash or a control character', 'a\nb'],
    ['has 0 characters', ''],
    ['has 201 characters', 'x'.repeat(201)],
    ['has too long a part', 'ä'.repeat(150)],
  ])('refuses a path that %s', (why, path) => {
    expect(problems(files({ [path]: 'x' }))).toEqual([expect.stringContaining(`the path ${why}`)]);
  });

  it('may not reach out of the tree by a diff', () => {
    const text = '--- /dev/null\n+++ b/../../etc/cron.d/x\n@@ -0,0 +1 @@\n+x\n';
    expect(problems(diff(text))).toEqual(['../../etc/cron.d/x: the path leads out of the tree']);
    const renamed = 'diff --git a/src/b.py b/../b.py\nrename from src/b.py\nrename to ../b.py\n';
    expect(problems(diff(renamed))).toEqual(['../b.py: the path leads out of the tree']);
  });

  it('brings no links, no binary files and nothing that may be run', () => {
    const made = (mode: string, rest: string) =>
      diff(`diff --git a/l b/l\nnew file mode ${mode}\nindex 0000000..1\n${rest}`);
    const hunk = '--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+/etc/passwd\n';
    expect(problems(made('120000', hunk))).toEqual([
      'l: the file is a symbolic link, which no candidate may bring',
    ]);
    expect(problems(made('160000', hunk))).toEqual([
      'l: the file has the mode 160000, which no candidate may bring',
    ]);
    expect(problems(made('100644', 'Binary files /dev/null and b/l differ\n'))).toEqual([
      'l: the file is binary, which no candidate may bring',
    ]);
  });

  it('may not put a file where a folder is needed, be it of the tree or of the tests', () => {
    expect(problems(files({ src: 'x' }))).toEqual(['src/a.py: a folder of the path is a file']);
    expect(problems(files({ hidden: 'x' }), ['hidden/test.py'])).toEqual([
      'hidden/test.py: a folder of the path is a file',
    ]);
  });

  it('leaves protected files as they were, and says so', () => {
    const change = files({ 'tests/test_a.py': null, 'tests/conftest.py': 'x', 'src/b.py': 'mine\n' });
    expect(apply(change, ['tests/**'])).toEqual({
      files: { ...tree, 'src/b.py': 'mine\n' },
      touched: ['src/b.py'],
      restored: ['tests/conftest.py', 'tests/test_a.py'],
    });
    expect(apply(files({ 'a/b/x.ini': '', 'x.ini': '', 'x.ini2': '' }), ['**/*.ini'])).toMatchObject({
      touched: ['x.ini2'],
      restored: ['a/b/x.ini', 'x.ini'],
    });
  });

  it('takes names that objects of JavaScript have for names of files like any other', () => {
    const change = files(JSON.parse('{"__proto__": "a", "constructor": "b", "toString": null}'));
    expect(apply(change, ['constructor'])).toMatchObject({
      touched: ['__proto__'],
      restored: ['constructor'],
    });
  });

  it('is bounded in files, in bytes and in what it takes to apply', () => {
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`f${index}`, '']));
    expect(problems(files(many))).toEqual(['the tree would have more than 1000 files']);
    expect(problems(files({ big: 'x'.repeat((8 << 20) + 1) }))).toEqual([
      expect.stringContaining('the tree would have more than'),
    ]);
    const long = { a: 'x\n'.repeat(20_000) };
    const hunks = Array.from({ length: 2000 }, () => '@@ -1,3 +1,3 @@\n x\n x\n-y\n+z\n').join('');
    const slow = applyChange(long, diff(`--- a/a\n+++ b/a\n${hunks}`), { protectedPaths: [] });
    expect(slow).toMatchObject({ problems: [{ message: 'the diff takes too long to apply' }] });
  });
});
