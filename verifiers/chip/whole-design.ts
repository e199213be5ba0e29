import { answerFiles, asOneText } from './bench/answer-files.ts';
import type { BenchSpec } from './bench/spec.ts';
import { sourceText } from './source.ts';
import type { ChipSpec } from './spec.ts';
import { fillGap, type Placed } from './verilog/gap.ts';
import { findModules } from './verilog/modules.ts';
import { tokenize } from './verilog/tokens.ts';

/**
 * A candidate as a whole design: in the gap of the design that its task gives, or behind the task's header where it goes
 * on from there; with the modules that the task gives beside it. What is put before it takes no line of its own, so that
 * messages count the candidate's lines.
 */
export function wholeDesign(candidate: string, spec: ChipSpec): Placed {
  const { mode, given, top } = spec;
  if (mode === 'completion' && given) return fillGap(sourceText(given), candidate, top);
  return { text: withModules(ownText(candidate, spec), spec) };
}

/** A design with the modules that its task gives beside it. */
export function withModules(text: string, { modules }: Pick<ChipSpec, 'modules'>): string {
  return modules === undefined ? text : `${text}\n${modules}`;
}

/** A candidate as its task's bench wants it: a harness of files has what the task gives beside it as files too. */
export function benchDesign(candidate: string, spec: ChipSpec): string {
  const text = ownText(candidate, spec);
  return targetsOf(spec.bench) ? text : withModules(text, spec);
}

/** The files that an answer gives, where its task's bench wants files. */
const targetsOf = (bench: BenchSpec | undefined) => (bench && 'targets' in bench ? bench.targets : undefined);

/** What a candidate wrote, from its header on; of an answer of files, those that the task asks for, as one text. */
function ownText(candidate: string, { header, top, bench }: ChipSpec): string {
  const targets = targetsOf(bench);
  const text = targets ? asOneText(answerFiles(candidate, targets)) : candidate;
  if (header === undefined) return text;
  if (findModules(tokenize(text)).some(({ name }) => name.text === top)) return text;
  const words = tokenize(header).map((token) => token.text);
  return `${words.join(' ')} ${text}`;
}
