import { describe, expect, it } from 'vitest';
import { createVirtualFiles } from '../../../../verifiers/code/checker/virtual-files.ts';

const { set, callbacks } = createVirtualFiles('/libraries');
set('/candidate/candidate.ts', 'let a;');

/** What the type checker is told of a path; undefined means that it may look at the real file. */
const told = (path: string) => [callbacks.readFile(path), callbacks.fileExists(path)];

describe('the virtual files of the type checker', () => {
  it('hold what was put into them', () => {
    expect(told('/candidate/candidate.ts')).toEqual(['let a;', true]);
    expect(callbacks.directoryExists('/candidate')).toBe(true);
  });

  it.each(['/libraries/lib.es2023.d.ts', '/libraries/lib.decorators.legacy.d.ts'])(
    'let the library %s be read',
    (path) => {
      expect(told(path)).toEqual([undefined, undefined]);
    },
  );

  it.each([
    '/etc/passwd',
    '/libraries/lib.dom.d.ts',
    '/libraries/tsc',
    '/libraries/../etc/lib.es2023.d.ts',
    '/libraries/lib.es/../../etc/passwd.d.ts',
    '/elsewhere/lib.es2023.d.ts',
    '/candidate/package.json',
    '/candidate/node_modules/@types/node/index.d.ts',
    '',
  ])('have nothing at %s', (path) => {
    expect(told(path)).toEqual([null, false]);
  });

  it('have no folders but those of the files', () => {
    expect(['/etc', '/libraries', '/cand'].map(callbacks.directoryExists)).toEqual([false, false, false]);
    expect(callbacks.getAccessibleEntries('/')).toEqual({ files: [], directories: [] });
  });
});
