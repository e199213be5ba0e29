import type { JudgeInput, Judgement } from '../judge.ts';
import { type Rubric, runRubric, score, withOverrides } from '../rubric.ts';
import { compileByCommand } from './compile-command.ts';
import { compileJavaScript } from './compile-javascript.ts';
import { compilePython } from './compile-python.ts';
import type { Apart, Compiled } from './compiled.ts';
import { withIsolates } from './isolates/with-isolates.ts';
import type { Language } from './languages/index.ts';
import { languageOf } from './languages/index.ts';
import { modeOf } from './modes.ts';
import { judgeRepository } from './repository/judge-repository.ts';
import { runTests } from './run-tests.ts';
import type { CodeSpec, CodeTaskSpec } from './spec.ts';
import { toolsOf } from './tools.ts';

/** The checks of code, with what they count where a task says nothing else. */
const defaultRubric = {
  compile: { weight: 0, gate: true },
  tests: { weight: 1, gate: false },
} as const satisfies Rubric;

type Compiler = (input: JudgeInput<CodeSpec>) => Promise<Compiled>;

const compilers: Readonly<Record<Language['compile']['by'], Compiler>> = {
  interpreter: compilePython,
  'type-checker': compileJavaScript,
  command: compileByCommand,
};

/** Judges a candidate of code: a single text, or what changes a tree of files. */
export function judgeCode(input: JudgeInput<CodeTaskSpec>): Promise<Judgement> {
  const { spec } = input;
  return spec.mode === 'repository' ? judgeRepository({ ...input, spec }) : judgeUnit({ ...input, spec });
}

/**
 * Judges a program or a function. The candidate runs with a driver that is given the inputs; the expected values
 * stay in this process and are compared here.
 */
async function judgeUnit(whole: JudgeInput<CodeSpec>): Promise<Judgement> {
  const { language } = whole.spec;
  const compile = compilers[languageOf(language).compile.by];
  const tools = await toolsOf(language, whole.sandbox);
  const isolates = withIsolates(whole.sandbox);
  const input = { ...whole, sandbox: isolates.sandbox };
  const apart: Apart = {
    sandbox: whole.sandbox,
    compile: (source) => compile({ ...whole, candidate: source }),
  };
  const rubric = withOverrides(defaultRubric, input.task.rubric);
  let compiled: Compiled | undefined;
  const checks = await runRubric(rubric, {
    compile: async () => {
      compiled = await compile(input);
      return compiled.check;
    },
    tests: async () => runTests(input, compiled ?? (await compile(input)), apart),
  });
  const isolation = modeOf(whole.spec).isolation?.(whole.spec) ?? 'split';
  return { checks, ...score(rubric, checks), isolation, tools: [...tools, ...isolates.tools] };
}
