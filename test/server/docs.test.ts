import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { answerFor, Problem, problemCodes } from '../../server/problem.ts';
import { packageRoot } from '../../verifiers/paths.ts';

const page = readFileSync(join(packageRoot, 'docs/server.md'), 'utf8');

it.each(problemCodes)('%s stands in docs/server.md beside its status', (code) => {
  const { status } = answerFor(new Problem(code, ''));
  const row = page.split('\n').find((line) => line.startsWith(`| ${status} |`));
  expect(row).toContain(`\`${code}\``);
});
