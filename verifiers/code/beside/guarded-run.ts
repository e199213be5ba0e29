import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { jsonIn } from '../../json-in.ts';
import type { JudgeInput } from '../../judge.ts';
import { createRandom } from '../../random.ts';
import type { JobFile } from '../../sandbox/index.ts';
import { type CaseResult, failed } from '../case-result.ts';
import { describeEnding, head, type Reason } from '../ending.ts';
import { jobLimits } from '../limits.ts';
import type { CodeTaskSpec } from '../spec.ts';
import { counted } from './counted.ts';
import { type ReportFormat, readReport } from './report.ts';

/** The program that runs commands. */
const commandsDriver = ['python3', '-s', '-S', '-B', '/opt/assay/drivers/commands.py'] as const;

/** Tests by which some of `names` must fail, whatever the candidate. */
type Corrupted = { files(): Promise<readonly JobFile[]>; fails: readonly string[] };

/** Tests that run in the sandbox of the candidate, and what is known of them outside. */
export type Guarded = {
  spec: Pick<CodeTaskSpec, 'limits' | 'language'>;
  /** The tests that must run: each once, and no others. */
  names: readonly string[];
  steps: readonly (readonly string[])[];
  /** What the last of the steps reports, on standard output or in `file`. */
  report: { format: ReportFormat; file?: string | undefined };
  files: readonly JobFile[];
  corrupted: readonly Corrupted[];
};

type Where = Pick<JudgeInput<unknown>, 'sandbox' | 'signal' | 'seed'>;

/**
 * Runs tests beside the candidate, which could forge what they report. A report in which all pass counts only once it was
 * seen to tell of failures too: where an expectation is corrupted, the tests that the task says must fail, and no
 * others.
 */
export async function runGuarded(guarded: Guarded, where: Where): Promise<CaseResult[]> {
  const { names, files, corrupted } = guarded;
  const results = counted(names, await runOnce(guarded, files, where));
  if (results.some(({ passed }) => !passed)) return results;
  for (const { files: others, fails } of shuffled(corrupted, where.seed)) {
    const again = counted(names, await runOnce(guarded, await others(), where));
    const forged = forgery(again, fails);
    if (forged) return [...results.filter(({ name }) => name !== forged.name), forged];
  }
  return results;
}

/** The order in which they are met is not to be foreseen. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const random = createRandom(`corruptions ${seed}`);
  const rest = [...items];
  return items.flatMap(() => rest.splice(random.below(rest.length), 1));
}

/** What shows that a report is not that of the tests; undefined when it is. */
function forgery(results: readonly CaseResult[], fails: readonly string[]): CaseResult | undefined {
  const wrong = results.find(({ name, passed }) => fails.includes(name) === passed);
  if (!wrong) return undefined;
  const text = `reports that "${wrong.name}" ${wrong.passed ? 'passes' : 'fails'} where an expectation is corrupted`;
  return failed(wrong.name, { code: 'forged', text });
}

async function runOnce(
  { spec, steps, report }: Guarded,
  files: readonly JobFile[],
  { sandbox, signal }: Where,
): Promise<CaseResult[]> {
  const nonce = randomUUID();
  const limits = jobLimits(spec);
  const result = await sandbox.run(
    {
      argv: commandsDriver,
      files,
      exchange: [JSON.stringify({ nonce, steps, report: report.file ?? null })],
      limits: { ...limits, diskBytes: limits.diskBytes + spaceBytes },
    },
    signal ? { signal } : {},
  );
  const [line] = result.replies;
  if (line === undefined) return [brokenOff(describeEnding(result.ending), head(result.stderr))];
  const reply = readReply(line, nonce);
  if (!reply) return [brokenOff({ code: 'protocol', text: 'wrote a forged line on the answer channel' })];
  const last = reply.steps.at(-1);
  const said = last?.text.slice(0, 2000);
  if (reply.report === null) return [brokenOff({ code: 'exit', text: 'reported nothing' }, said)];
  const found = readReport(report.format, reply.report);
  return endedWell(found, last?.status ?? 0) ? found : [...found, brokenOff(badEnd, said)];
}

/** What a build and its tests may write beside the tree. */
const spaceBytes = 48 << 20;

/** A command that reports no failure has to end well. */
function endedWell(results: readonly CaseResult[], status: number): boolean {
  return status === 0 || results.some(({ passed }) => !passed);
}

const badEnd: Reason = { code: 'exit', text: 'ended badly though no test failed' };

function brokenOff(reason: Reason, said?: string): CaseResult {
  return failed('command', reason, said ? { said } : undefined);
}

const replySchema = z.strictObject({
  nonce: z.string(),
  steps: z.array(z.strictObject({ status: z.number(), text: z.string() })),
  report: z.string().nullable(),
});

/** The driver's own reply; undefined for any other. */
function readReply(line: string, nonce: string): z.infer<typeof replySchema> | undefined {
  const read = replySchema.safeParse(jsonIn(line));
  return read.success && read.data.nonce === nonce ? read.data : undefined;
}
