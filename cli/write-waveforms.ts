import { writeFile } from 'node:fs/promises';
import { fileError } from '../datasets/files/file-error.ts';
import type { Task } from '../datasets/task.ts';
import { compareTraces, type TraceComparison } from '../verifiers/chip/comparison/compare-traces.ts';
import { shownCounterexample } from '../verifiers/chip/equivalence/counterexample.ts';
import { simulationSpec } from '../verifiers/chip/equivalence/spec.ts';
import type { ChipSpec } from '../verifiers/chip/spec.ts';
import { traceToVcd } from '../verifiers/chip/waveform/vcd.ts';
import { AssayError } from '../verifiers/errors.ts';
import { extractCandidate } from '../verifiers/extract.ts';
import type { Sandbox } from '../verifiers/sandbox/index.ts';
import { designSpecOf } from '../verifiers/task.ts';

type Options = { sandbox: Sandbox; seed: number; signal: AbortSignal };

/** The flags that ask for waveforms, and where to put them. */
export type WaveformFiles = { vcd?: string; svg?: string };

type Kind = {
  make: (title: string, traces: TraceComparison, spec: ChipSpec) => Promise<string | undefined>;
  written: string;
  nothing: string;
};

const kinds: Record<keyof WaveformFiles, Kind> = {
  vcd: {
    make: async (_title, { plan, expected, got }) => traceToVcd(plan, expected, got),
    written: 'waveforms in',
    nothing: '',
  },
  svg: {
    make: async (...traces) => (await import('../verifiers/chip/waveform/svg.ts')).mismatchSvg(...traces),
    written: 'the first mismatch is drawn in',
    nothing: 'nothing to draw: the answer agrees with the reference in every sample',
  },
};

/**
 * Writes the waveforms of an answer's simulation beside those of the reference, as the flags ask. Answers lines that tell
 * what was written, or why there is nothing to write.
 *
 * Errors: `USAGE` for a task that is not chip design, `FILE_UNREADABLE` and `DISK_FULL` for a file.
 */
export async function writeWaveforms(
  task: Task,
  answer: string,
  files: WaveformFiles,
  options: Options,
): Promise<string[]> {
  const asked = (['vcd', 'svg'] as const).filter((kind) => files[kind] !== undefined);
  if (asked.length === 0) return [];
  if (!designSpecOf(task.verify) && task.verify.mode !== 'equivalence') {
    const what = `--${asked.join(' and --')}`;
    throw new AssayError('USAGE', `${what}: for designs alone, and ${task.id} asks for none — leave it out`);
  }
  const { candidate } = extractCandidate(answer, task.verify.language, task.frame);
  const seen = candidate === undefined ? undefined : await look(task, candidate, options);
  if (!seen) return ['no waveforms: the answer does not come as far as simulation, or shows no difference'];
  const lines: string[] = [];
  for (const kind of asked) {
    const text = await kinds[kind].make(seen.title, seen.traces, seen.spec);
    lines.push(text === undefined ? kinds[kind].nothing : `${kinds[kind].written} ${files[kind]}`);
    if (text !== undefined) await write(files[kind] ?? '', text);
  }
  return lines;
}

type Seen = { title: string; traces: TraceComparison; spec: ChipSpec };

/** The answer beside the reference; or, of what is said of designs, the first that is shown to differ beside the original. */
async function look(
  { verify, ...task }: Task,
  candidate: string,
  options: Options,
): Promise<Seen | undefined> {
  if (verify.mode === 'equivalence') {
    const shown = await shownCounterexample(candidate, verify, options);
    return (
      shown && { title: `${task.id}, ${shown.name}`, traces: shown.traces, spec: simulationSpec(verify, []) }
    );
  }
  const spec = designSpecOf(verify);
  const traces = spec && (await compareTraces({ ...task, verify: spec }, candidate, options));
  return spec && traces && { title: task.id, traces, spec };
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (thrown) {
    throw fileError(path, thrown);
  }
}
