import type { JudgeInput, Judgement } from '../../judge.ts';
import { type CheckResult, type Rubric, runRubric, score, withOverrides } from '../../rubric.ts';
import { counted } from '../beside/counted.ts';
import { testsCheck } from '../case-result.ts';
import { toolsOf } from '../tools.ts';
import { applyChange } from './apply-change.ts';
import type { Built } from './built.ts';
import { readChange } from './change.ts';
import { compileTree } from './compile-tree.ts';
import type { RepositorySpec } from './spec.ts';
import { testsOf } from './tests.ts';
import { filesOf } from './tree.ts';

/** The checks of a repository, with what they count where a task says nothing else. */
const defaultRubric = {
  apply: { weight: 0, gate: true },
  compile: { weight: 0, gate: true },
  tests: { weight: 1, gate: false },
} as const satisfies Rubric;

export const repositoryChecks = Object.keys(defaultRubric);

/** Judges a change of a tree of files: it is applied, what is protected is put back, then the tree is built and tested. */
export async function judgeRepository(input: JudgeInput<RepositorySpec>): Promise<Judgement> {
  const { spec, task, candidate, sandbox } = input;
  const tools = await toolsOf(spec.language, sandbox);
  const tests = testsOf(spec);
  const rubric = withOverrides(defaultRubric, task.rubric);
  const applied = applyChange(filesOf(spec.tree), readChange(candidate), {
    protectedPaths: spec.protected,
    reserved: spec.tests.by === 'command' ? Object.keys(filesOf(spec.tests.files)) : [],
  });
  let built: Built | undefined;
  const checks = await runRubric(rubric, {
    apply: async () => applyCheck(applied),
    compile: async () => {
      if ('problems' in applied) return nothingApplied('compile');
      const compiled = await compileTree(input, applied);
      built = compiled.built;
      return compiled.check;
    },
    tests: async () => {
      if (!built) return nothingApplied('tests');
      return testsCheck(counted(spec.names, await tests.run(input, built)), spec.scoring);
    },
  });
  return { checks, ...score(rubric, checks), isolation: tests.isolation, tools };
}

function applyCheck(applied: ReturnType<typeof applyChange>): CheckResult {
  if ('problems' in applied) return { ...nothingApplied('apply'), diagnostics: applied.problems };
  const { touched, restored } = applied;
  return {
    name: 'apply',
    outcome: 'pass',
    score: 1,
    diagnostics: restored.map((file) => ({
      severity: 'warning',
      message: 'is protected, and was put back as it was',
      file,
      code: 'protected',
    })),
    evidence: { touched },
  };
}

/** Where a rubric makes `apply` or `compile` no gate, what needs them fails all the same. */
function nothingApplied(name: string): CheckResult {
  return { name, outcome: 'fail', score: 0, diagnostics: [] };
}
