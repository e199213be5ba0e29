import { oncePerObject } from '../../once-per-key.ts';
import type { CallOptions, Job, JobResult, Limits, Partner, Sandbox } from '../../sandbox/index.ts';
import { jobLimits } from '../limits.ts';
import type { Program } from '../program.ts';
import { readLoadReply } from '../replies.ts';
import { recipeOf } from './compile-suite.ts';
import { forgetOldest, type KnownTalks, talksOf } from './known-talks.ts';
import { type PreparedSuite, prepareSuite } from './prepare-suite.ts';
import { reportOf, reportStart } from './report.ts';
import type { AssertionsSpec } from './spec.ts';

/** For a candidate of many modules: which of them a suite means by the words that it imports them by, where that is not clear. */
export type TreeNames = { paths: Readonly<Record<string, string>> };

function amongModules({ opening, ...started }: PreparedSuite, { paths }: TreeNames): PreparedSuite {
  return { ...started, opening: { ...opening, modules: null, paths } };
}

/** What a suite needs beside the candidate's own memory, however little its task gives that. */
const suiteMemoryBytes = 256 << 20;

/**
 * Runs a candidate and a suite, each in a sandbox of its own. The first two lines to the candidate's driver are its
 * source and the load; what follows are requests of the suite.
 *
 * The two run side by side only until the suite was seen to pass. From then on the candidate gets the requests that it
 * then made, and the suite runs, on the replies alone, where these are not the same as before.
 */
export async function runSuite(
  spec: AssertionsSpec,
  program: Program,
  sandbox: Sandbox,
  options: CallOptions,
  tree?: TreeNames,
): Promise<JobResult> {
  const { setup, partner } = await startOf(spec, sandbox, tree);
  const job = candidateOf(spec, program, setup);
  const known = talksOf(partner.exchange.join());
  const expected = known.expected();
  const result = expected && (await runOnExpected(job, partner, expected, known, sandbox, options));
  if (result) return result;
  const both = await sandbox.run({ ...job, partner }, options);
  if (both.partner && both.ending.by !== 'protocol') learn(known, both.replies, both.partner);
  return both;
}

/** What is the same for all candidates of a task: the set-up, and the suite's side. */
type Start = Pick<PreparedSuite, 'setup'> & { partner: Partner };

const starts = oncePerObject<AssertionsSpec, Start>();

/** Anew for a compiled suite, which is large and has a store of its own. */
function startOf(spec: AssertionsSpec, sandbox: Sandbox, tree: TreeNames | undefined): Promise<Start> {
  if (tree || recipeOf(spec.language)) return start(spec, sandbox, tree);
  return starts(spec, () => start(spec, sandbox));
}

async function start(spec: AssertionsSpec, sandbox: Sandbox, tree?: TreeNames): Promise<Start> {
  const prepared = await prepareSuite(spec, sandbox);
  const partner = suiteOf(tree ? amongModules(prepared, tree) : prepared, candidateLimits(spec));
  return { setup: prepared.setup, partner };
}

/** Lines to the candidate's driver before those of the suite. */
const opening = 2;

/** Undefined where the suite would have asked for something else, so that both have to run side by side. */
async function runOnExpected(
  job: ExchangeJob,
  partner: Partner,
  expected: readonly string[],
  known: KnownTalks,
  sandbox: Sandbox,
  options: CallOptions,
): Promise<JobResult | undefined> {
  const result = await sandbox.run({ ...job, exchange: [...job.exchange, ...expected] }, options);
  const replies = result.replies.slice(opening);
  if (!isLoaded(result)) return withPartner(result, { ...untold, replies: expected.slice(0, 1) });
  const found = known.follow(expected, replies);
  if (typeof found !== 'string') return withPartner(result, found);
  if (found === 'other') return undefined;
  const { last, gone, ...suite } = partner;
  const lines = replies.length < expected.length ? [...replies, gone] : replies;
  const told = await sandbox.run({ ...suite, exchange: [...suite.exchange, ...lines] }, options);
  const asAsked = told.replies.findIndex((line, index) => line !== expected[index]);
  if (asAsked >= 0 && !told.replies[asAsked]?.startsWith(last)) return undefined;
  learn(known, result.replies, told);
  return withPartner(result, told);
}

function learn(known: KnownTalks, replies: readonly string[], suite: JobResult): void {
  known.learn(replies.slice(opening), suite);
  forgetOldest();
}

/** What came after the suite had ended counts for nothing: a candidate that runs beside it is not asked so far. */
function withPartner(result: JobResult, partner: JobResult): JobResult {
  const asked = partner.replies.length - (reportOf(partner) ? 1 : 0);
  const isCut = result.replies.length - opening > asked && result.ending.by !== 'protocol';
  if (!isCut) return { ...result, partner };
  const replies = result.replies.slice(0, opening + asked);
  return { ...result, replies, ending: { by: 'exit', code: 0 }, partner };
}

function isLoaded({ replies: [, load] }: JobResult): boolean {
  return load !== undefined && 'loaded' in (readLoadReply(load) ?? {});
}

const silence = { text: '', bytes: 0, truncated: false };
const untold = {
  ending: { by: 'exit', code: 0 },
  stdout: silence,
  stderr: silence,
  usage: { cpuMs: 0, wallMs: 0, peakMemoryBytes: 0 },
} as const;

type ExchangeJob = Job & { exchange: readonly string[] };

function candidateOf(spec: AssertionsSpec, program: Program, setup: Start['setup']): ExchangeJob {
  const limits = candidateLimits(spec);
  return {
    argv: program.argv,
    ...(program.files && { files: program.files }),
    exchange: [{ ...program.firstLine, setup }, { load: true }].map((line) => JSON.stringify(line)),
    limits,
  };
}

function candidateLimits(spec: AssertionsSpec): Limits {
  const limits = jobLimits(spec);
  return { ...limits, wallMs: 2 * wallMsOf(limits) };
}

function suiteOf({ opening: first, setup: _, ...started }: PreparedSuite, limits: Limits): Partner {
  return {
    ...started,
    exchange: [JSON.stringify(first)],
    last: reportStart,
    gone: '{"gone":true}',
    // Each side waits for the other; the candidate's clock runs out first, and whose turn it was tells whose doing it is.
    limits: {
      ...limits,
      memoryBytes: Math.max(limits.memoryBytes, suiteMemoryBytes),
      wallMs: 3 * wallMsOf(limits),
    },
  };
}

/** Time for one side to do its part, busy or not. */
const wallMsOf = ({ cpuMs }: Limits): number => Math.max(3 * cpuMs, cpuMs + 2000);
