import type { Command } from 'commander';
import type { Task } from '../datasets/task.ts';
import type { Blame } from '../verifiers/errors.ts';
import type { Verdict } from '../verifiers/verdict.ts';
import { action } from './action.ts';
import { examples } from './examples.ts';
import { exitCodes } from './exit-codes.ts';
import { loadOneTask } from './one-task.ts';
import { printJson } from './print-json.ts';
import { readAnswer } from './read-answer.ts';
import { addSandboxOptions, atLeast, type SandboxFlags, withSandbox } from './sandbox-options.ts';
import type { WaveformFiles, writeWaveforms } from './write-waveforms.ts';

type Flags = SandboxFlags & WaveformFiles & { seed: number; json?: boolean };

export function register(command: Command): void {
  addSandboxOptions(command)
    .argument('<task>', 'id of a shipped task, a task folder, a task.yaml, or format:path#id')
    .argument(
      '<file>',
      'the answer: a policy\'s completion or a bare program or design; "-" for standard input',
    )
    .option('--seed <n>', 'decides what is drawn at random', atLeast(0), 0)
    .option('--vcd <file>', 'chip design: write the waveforms of the simulation, got beside expected')
    .option('--svg <file>', 'chip design: draw the first mismatch and what led to it')
    .option('--json', 'print the whole verdict as one JSON object on stdout')
    .addHelpText('after', explanation)
    .action(
      action(({ signal }, task: string, file: string, flags: Flags) => judge(task, file, flags, signal)),
    );
}

const explanation = `
Exit codes: 0 passed, 1 the candidate failed, 2 wrong usage or a broken task, 3 no verdict because of the machine
(a tool or the sandbox is missing, say), 130 interrupted.
${examples(
  'assay verify python/cascade-bins answer.py',
  'assay verify chip/counter - --json < answer.md',
  'assay verify chip/counter counter.sv --svg mismatch.svg --vcd counter.vcd',
)}`;

async function judge(selector: string, file: string, flags: Flags, signal: AbortSignal): Promise<number> {
  const { verify } = await import('../verifiers/verify.ts');
  const task = await loadOneTask(selector, flags.unsafeNoSandbox);
  const answer = await readAnswer(file, signal);
  const verdict = await withSandbox(flags, async (sandbox) => {
    const options = { sandbox, seed: flags.seed, signal };
    const judged = await verify(task, answer, options);
    if (flags.vcd !== undefined || flags.svg !== undefined) await saveWaveforms(task, answer, flags, options);
    return judged;
  });
  if (flags.json) printJson(verdict);
  else await printVerdict(verdict, answer, task);
  return exitCodeOf(verdict);
}

async function saveWaveforms(...words: Parameters<typeof writeWaveforms>): Promise<void> {
  const { writeWaveforms } = await import('./write-waveforms.ts');
  for (const line of await writeWaveforms(...words)) process.stderr.write(`${line}\n`);
}

async function printVerdict(verdict: Verdict, answer: string, task: Task): Promise<void> {
  const { extractAnswer } = await import('../verifiers/extract.ts');
  const { formatVerdict } = await import('./verdict-text.ts');
  const { candidate = '' } = task.verify.mode === 'repository' ? {} : extractAnswer(answer, task);
  process.stdout.write(`${formatVerdict(verdict, candidate)}\n`);
}

const exitCodesByBlame: Record<Blame, number> = {
  task: exitCodes.usage,
  policy: exitCodes.usage,
  infrastructure: exitCodes.missing,
};

function exitCodeOf(verdict: Verdict): number {
  if (verdict.status === 'no-verdict') return exitCodesByBlame[verdict.error.blame];
  return verdict.passed ? exitCodes.passed : exitCodes.candidateFailed;
}
