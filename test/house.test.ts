import { describe, expect, it } from 'vitest';
import { collectImports, importsOf } from './house/imports.ts';
import { findFaults } from './house/rules.ts';

describe('the house', () => {
  it('has imports that all run one way', () => {
    const imports = collectImports();
    expect(imports.length).toBeGreaterThan(20);
    expect(findFaults(imports)).toEqual([]);
  });

  it.each([
    ['verifiers/verify.ts', 'datasets/task.ts', 'verifiers may import no other folder'],
    ['datasets/load.ts', 'envs/environment.ts', 'datasets may import verifiers'],
    ['rollout/pool.ts', 'server/app.ts', 'rollout may import verifiers, datasets, envs'],
    ['server/app.ts', 'cli/main.ts', 'server may import verifiers, datasets, envs, rollout'],
    ['cli/main.ts', 'bench/main.ts', 'cli may import verifiers, datasets, envs, rollout, server'],
    ['envs/environment.ts', 'test/build-first.ts', 'envs may import verifiers, datasets'],
    [
      'verifiers/sandbox/job.ts',
      'verifiers/chip/spec.ts',
      'verifiers/sandbox/ knows nothing of verifiers/chip/',
    ],
    ['verifiers/code/spec.ts', 'verifiers/chip/spec.ts', 'verifiers/code/ knows nothing of verifiers/chip/'],
    ['rollout/pool.ts', 'hono', 'only server/, rollout/replay/ may'],
  ])('refuses that %s imports %s', (from, to, reason) => {
    expect(findFaults([{ from, to }])).toEqual([`${from} imports ${to}: ${reason}`]);
  });

  it('refuses an outside package that has no place', () => {
    expect(findFaults([{ from: 'envs/a.ts', to: 'lodash' }])).toEqual([
      'envs/a.ts imports lodash, which test/house/rules.ts does not place',
    ]);
  });

  it('refuses a second importer of a package that is behind one file', () => {
    const imports = ['server/log.ts', 'server/app.ts'].map((from) => ({ from, to: 'pino' }));
    expect(findFaults(imports)).toEqual(['server/log.ts and server/app.ts import pino: one file may']);
  });

  it('refuses a circle', () => {
    const ring = ['envs/a.ts', 'envs/b.ts', 'envs/c.ts'];
    const imports = ring.map((from, index) => ({ from, to: ring[(index + 1) % 3] ?? '' }));
    expect(findFaults(imports)).toEqual(['envs/a.ts -> envs/b.ts -> envs/c.ts -> envs/a.ts is a circle']);
  });

  it('reads every form of import out of a source text', () => {
    const text = `
      import { a } from './a.ts';
      import type { B } from '../verifiers/b.ts';
      import {
        c,
        d } from '@hono/node-server/conninfo';
      export { e } from './e.ts';
      import './side-effect.ts';
      const f = await import('node:fs');
      // import { no } from './comment.ts';
      const program = \`import { no } from './program.ts'\`;
      const sentence = 'taken from the wrong place';
    `;
    expect(importsOf('server/app.ts', text).map(({ to }) => to)).toEqual([
      'server/a.ts',
      'verifiers/b.ts',
      '@hono/node-server',
      'server/e.ts',
      'server/side-effect.ts',
      'node:fs',
    ]);
  });
});
