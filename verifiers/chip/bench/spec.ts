import { z } from 'zod';

const identifier = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a plain Verilog identifier');
const path = z.string().regex(/^(?!\/|.*\.\.)[\w./ -]+$/, 'a path without ".."');
const files = z.record(path, z.string());

/** Whether a verdict also tells what the bench says of the candidate: the check `theirs`. */
const report = z.boolean().default(false);

const verilogBenchSchema = z.strictObject({
  kind: z.literal('verilog'),
  /** Verilog or SystemVerilog; instantiates the design under test by the name of the task's `top`. */
  text: z.string().min(1),
  /** The outermost module. */
  top: identifier,
  /** The name by which the bench also instantiates the reference; absent where it does not. */
  reference: identifier.optional(),
  /** What the bench prints for a design that passes, where `{samples}` stands for the number of samples it compared. */
  passes: z.string().min(1),
  /** Words that the bench prints only for a design that fails. */
  fails: z.array(z.string().min(1)).default([]),
  /** Files that the bench reads, by name. */
  files: files.default({}),
  report,
});
export type VerilogBench = z.infer<typeof verilogBenchSchema>;

const cocotbBenchSchema = z.strictObject({
  kind: z.literal('cocotb'),
  /** All files of the harness, by path; a candidate's never replace them. */
  files,
  /** The file that pytest runs. */
  runner: z.string(),
  /** What the harness finds in its environment. */
  environment: z.record(z.string().regex(/^[A-Za-z_]\w*$/), z.string()),
  /** The files that an answer gives, in the order in which a compiler is to read them. */
  targets: z.array(path).min(1),
  /** Files that stand beside the design, by path. */
  given: files.default({}),
  report,
});
export type CocotbBench = z.infer<typeof cocotbBenchSchema>;

const scriptBenchSchema = z.strictObject({
  kind: z.literal('script'),
  /** All files of the test, by path; a candidate's never replace them. */
  files,
  /** The one that a shell runs, in `folder`; it leaves a number in `logs/verifier/reward.txt` or `reward.json`. */
  script: path,
  folder: path,
  /** The files that an answer gives; with what of `given` is Verilog, they are the `sources`. */
  targets: z.array(path).min(1),
  sources: z.array(path).min(1),
  /** Files that stand beside the design, by path. */
  given: files.default({}),
  report,
});
export type ScriptBench = z.infer<typeof scriptBenchSchema>;

/**
 * The test bench that a public set judges a task by. Ours never rests on it where there is a reference: its stimulus is
 * recorded from a run on the reference, and what it says of a candidate is a check of its own, without weight.
 */
export const benchSchema = z.discriminatedUnion('kind', [
  verilogBenchSchema,
  cocotbBenchSchema,
  scriptBenchSchema,
]);
export type BenchSpec = z.infer<typeof benchSchema>;
