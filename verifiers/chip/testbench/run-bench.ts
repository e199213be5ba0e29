import type { Sandbox } from '../../sandbox/index.ts';
import type { Diagnostic } from '../../verdict.ts';
import { endingFault } from '../endings.ts';
import { compileDesign } from '../icarus/compile-design.ts';
import { readIcarusMessages } from '../icarus/icarus-messages.ts';
import { designFile, limitsOf } from '../icarus/run-design.ts';
import { simulateImage } from '../icarus/simulate-image.ts';
import type { ChipTools } from '../icarus/tools.ts';
import { disguised, type Subject } from './designs.ts';
import type { TestbenchSpec } from './spec.ts';

/** What a testbench said of one design; `why` where it said nothing that counts. */
export type Opinion = { said: 'PASS' | 'FAIL' | 'nothing'; why?: string; diagnostics: Diagnostic[] };

export type BenchContext = {
  sandbox: Sandbox;
  tools: ChipTools;
  spec: TestbenchSpec;
  signal?: AbortSignal;
};

/**
 * Runs a testbench against one design, in jobs of its own: it never meets two designs, and nothing in its sandbox tells
 * which one this is. `bench` is canonical.
 */
export async function runBench(bench: string, subject: Subject, context: BenchContext): Promise<Opinion> {
  const { spec } = context;
  const limits = limitsOf(spec);
  const [file, root] = [designFile(spec), spec.bench];
  const text = together(bench, disguised(subject, spec.top), file);
  const compiled = await compileDesign(text, { ...context, limits, language: spec.language, root, file });
  // The testbench is given our time scale, of which a compiler may remark.
  const diagnostics = readIcarusMessages(compiled.messages).filter(
    (found) => found.file === file && !found.message.startsWith('timescale'),
  );
  if (compiled.image === undefined) {
    const { ending } = compiled;
    const fault = ending.by === 'exit' ? undefined : endingFault(ending, 'the compiler', spec.limits);
    return { said: 'nothing', why: fault?.message ?? 'it does not compile', diagnostics };
  }
  const { ending, stdout } = await simulateImage(compiled.image, { ...context, limits, hidden: true });
  // `$fatal` ends a simulation with exit code 1, which is no fault of its own.
  const isEnded = ending.by === 'exit' && ending.code <= 1;
  const stopped = isEnded ? undefined : endingFault(ending, 'the simulation', spec.limits);
  if (stopped) return { said: 'nothing', why: stopped.message, diagnostics };
  const said = lastWord(stdout.text);
  return said ? { said, diagnostics } : { said: 'nothing', why: 'no line is PASS or FAIL', diagnostics };
}

/** The last line that is one of the two words alone; simulators add lines of their own at the end. */
export function lastWord(output: string): 'PASS' | 'FAIL' | undefined {
  const found = output
    .match(/^[ \t]*(PASS|FAIL)[ \t]*\r?$/gm)
    ?.at(-1)
    ?.trim();
  return found === 'PASS' || found === 'FAIL' ? found : undefined;
}

/** One file, since Icarus 11 fails on types of a compilation unit where it reads two units. */
function together(bench: string, design: string, file: string): string {
  const scale = '`timescale 1ns/1ps';
  const parts = [scale, '`line 1 "design.sv" 0', design, '`resetall', scale, `\`line 1 "${file}" 0`, bench];
  return parts.join('\n');
}
