import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVerifierSandbox } from '../../../verifiers/open.ts';
import type { SandboxHost } from '../../../verifiers/sandbox/index.ts';
import { verify } from '../../../verifiers/verify.ts';
import { attacks } from './suite.ts';

let sandbox: SandboxHost;
beforeAll(async () => {
  sandbox = await openVerifierSandbox({ slots: 2 });
});
afterAll(() => sandbox?.close());

describe.each([
  ['Python', /(^|-)py-/],
  ['JavaScript', /(^|-)js-/],
  ['TypeScript', /(^|-)ts-/],
  // Bombs for the compiler take as long as it may: code.long.ts.
  ['C++', /(^|-)cpp-(?!tc)/],
  ['C', /(^|-)c-/],
])('red team, %s', (_language, pattern) => {
  it.concurrent.each(attacks(pattern))(
    '$id is $expected: it $attack',
    async ({ task, candidate, expected }) => {
      const verdict = await verify(task, candidate, { sandbox });
      expect(verdict).toMatchObject({ status: 'scored', passed: expected === 'accepted' });
      expect(verdict).toMatchObject({ reward: expected === 'accepted' ? 1 : 0 });
    },
  );
});
