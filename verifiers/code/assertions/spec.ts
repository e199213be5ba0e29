import { z } from 'zod';
import { sharedFields } from '../shared-spec.ts';
import { signaturesSchema } from '../signature/schema.ts';

/**
 * How a suite is written, by the language of the candidate. What a suite names and does not define itself is the
 * candidate's.
 *
 * - `check`: defines `check(candidate)`, which is called with the entry (HumanEval).
 * - `asserts`: statements at the top level, each `assert` a case of its own (MBPP).
 * - `pytest`: a file of `test_*` functions and `Test*` classes, with the usual part of `pytest`.
 * - `unittest`: a file of `unittest.TestCase` classes.
 * - `node-assert`: a script that uses `node:assert` (MultiPL-E), or tests of `node:test`.
 * - `vitest`: a file of `test`, `it` and `describe` with `expect`.
 * - `go-test`: a file of `Test*` functions of the package `testing`.
 * - `rust-test`: a file of functions with the attribute `#[test]`.
 * - `main`: a program of a compiled language, whose `main` holds the assertions.
 */
const frameworkSchema = z.string();

/**
 * For a suite that cannot run apart from the candidate: it runs in the candidate's process, and its verdicts are `shared`.
 * What it reports counts only if it also reports failures where an expectation is corrupted.
 */
const sharedSchema = z.strictObject({
  /** The tests that must run: each once, and no others. */
  names: z.array(z.string()).min(1),
  /** Changes of the text by which these tests must fail, whatever the candidate. */
  corruptions: z
    .array(
      z.strictObject({ replace: z.string().min(1), with: z.string(), fails: z.array(z.string()).min(1) }),
    )
    .min(1)
    .max(8),
});
export type SharedSuite = z.infer<typeof sharedSchema>;

const suiteSchema = z
  .strictObject({
    framework: frameworkSchema,
    /** The text of the suite. It runs where no candidate code is, so that it may hold expected values and references. */
    text: z.string().default(''),
    /** Of a task in a folder: the file there that holds the text. */
    file: z.string().optional(),
    /** The names under which the suite imports the candidate, without an ending or a folder. */
    modules: z.array(z.string()).default(['solution', 'candidate']),
    /** Tests that must run; a suite that runs fewer fails, whatever they say. */
    tests: z.number().int().min(1).optional(),
    shared: sharedSchema.optional(),
  })
  .refine(({ text, file }) => (text === '') === (file !== undefined), {
    error: 'needs either its "text" or a "file" that holds it',
  });
export type Suite = z.infer<typeof suiteSchema>;

/** A suite of assertions that was written against the candidate's module. */
export const assertionsSpecSchema = z.strictObject({
  ...sharedFields,
  mode: z.literal('assertions'),
  /** The function or class under test; `check` is called with it. The other frameworks need none. */
  entry: z.string().optional(),
  /**
   * Definitions that both sides start from: they run in the candidate's module before the candidate, and on the side
   * of the suite before the suite. Instances of their classes travel by value.
   */
  setup: z.string().optional(),
  /** Of a compiled language: the types of the functions that the suite calls, by name. */
  signatures: signaturesSchema.optional(),
  /** The same in the words of the language: headers of functions, e.g. `bool f(std::vector<float> items)`. */
  headers: z.array(z.string()).optional(),
  suite: suiteSchema,
});
export type AssertionsSpec = z.infer<typeof assertionsSpecSchema>;
