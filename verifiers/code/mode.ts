import type { JudgeInput } from '../judge.ts';
import type { JobResult } from '../sandbox/index.ts';
import type { Isolation } from '../verdict.ts';
import type { CaseResult } from './case-result.ts';
import type { Apart } from './compiled.ts';
import type { Program } from './program.ts';
import type { CodeSpec } from './spec.ts';

/** A kind of test: how a compiled candidate is run for it, and judged. */
export type Mode<Spec extends CodeSpec = CodeSpec> = Named<Spec> & (Running<Spec> | Judging<Spec>);

type Named<Spec extends CodeSpec> = {
  /** For kinds whose tests may run beside the candidate: whether those of this spec do. */
  isolation?(spec: Spec): Isolation;
  /** The candidate's functions that the tests call by name. */
  calledNames(spec: Spec): string[];
  /** The names of the tests, in their order. */
  testNames(spec: Spec): string[];
};

/** A kind that begins with a job, which can also tell whether the candidate compiles. */
type Running<Spec extends CodeSpec> = {
  /** The first job of the tests. Some languages make their `compile` check from it. */
  runFirst(input: JudgeInput<Spec>, program: Program): Promise<JobResult>;
  /** The results of all tests, in their order; `first` is the result of `runFirst`. */
  judgeTests(
    input: JudgeInput<Spec>,
    program: Program,
    first: JobResult,
    apart: Apart,
  ): Promise<CaseResult[]>;
};

/** A kind for candidates that are compiled before. */
type Judging<Spec extends CodeSpec> = {
  /** The results of all tests, in their order. */
  judge(input: JudgeInput<Spec>, program: Program): Promise<CaseResult[]>;
};
