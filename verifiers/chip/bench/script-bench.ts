import { answerFiles } from './answer-files.ts';
import {
  type BenchJob,
  type BenchOutcome,
  type BenchTrial,
  benchFault,
  hasEnded,
  runBench,
} from './bench-job.ts';
import type { ScriptBench } from './spec.ts';

const mark = 'assay: the reward';
const results = '/work/logs/verifier';

/** Compiles a design by itself, then runs the script of a task that leaves a reward in a file, as Harbor has it. */
export async function runScriptBench(bench: ScriptBench, trial: BenchTrial): Promise<BenchOutcome> {
  const run = await runBench(jobOf(bench, trial), trial);
  const [output = '', told = ''] = run.stdout.split(`\n${mark}\n`);
  const reward = rewardIn(told);
  const outcome = { output: `${output}\n${run.stderr}`, ended: hasEnded(run) };
  if (run.fault === undefined && reward !== undefined && reward >= 1) return { ...outcome, passed: true };
  const left = reward === undefined ? 'left no reward' : `gave ${reward}`;
  const isJudged = run.fault === undefined && hasEnded(run);
  return { ...outcome, passed: false, fault: isJudged ? `their script ${left}` : benchFault(run) };
}

function jobOf(bench: ScriptBench, { spec, design }: BenchTrial): BenchJob {
  const { files, folder, script, sources, targets, given } = bench;
  // The test's own files last, so that none of the design's can stand in their place.
  const all = { ...given, ...answerFiles(design, targets), ...files };
  const leave = `cat ${results}/reward.txt ${results}/reward.json 2>/dev/null; true`;
  return {
    steps: [
      {
        fault: 'the design does not compile by itself',
        command: `iverilog -g2012 -Wno-timescale -tnull -s ${spec.top} ${sources.join(' ')}`,
      },
    ],
    run: `mkdir -p ${results} ${folder} && cd ${folder} && { bash /work/${script}; echo; echo '${mark}'; ${leave}; }`,
    files: Object.entries(all).map(([path, content]) => ({ path, content })),
    cpuFactor: 6,
    diskBytes: 256 << 20,
    processes: 64,
  };
}

/** A number by itself, or the first of an object. */
function rewardIn(text: string): number | undefined {
  const [, number] = /^\s*(?:\{[^{}]*?:\s*)?(-?\d+(?:\.\d+)?)/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number);
}
