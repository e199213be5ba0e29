import type { JobFile } from '../../sandbox/index.ts';
import type { ChipSpec } from '../spec.ts';
import type { ChipTools } from './tools.ts';

/** A command line that compiles, and the files it needs beside its sources. */
export type Compiler = { command: string[]; files: JobFile[] };

/** The edition of the language that the compiler reads for a task's language. */
const generations: Record<ChipSpec['language'], '2005' | '2012'> = { verilog: '2005', systemverilog: '2012' };

export type CompileOptions = {
  language: ChipSpec['language'];
  /** The outermost module. */
  root: string;
  /** What the compiler writes. */
  image: string;
  source: string;
};

/** How to compile: by the compiler proper where it was found, else by its front end, which does the same more slowly. */
export function compilerFor(
  { icarus }: ChipTools,
  { language, root, image, source }: CompileOptions,
): Compiler {
  const generation = generations[language];
  if (!icarus.direct) {
    const flags = [`-g${generation}`, '-Wall', '-s', root, '-o', image];
    return { command: ['iverilog', ...flags, source], files: [] };
  }
  const { program, target, settings } = icarus.direct;
  const path = `${image}.conf`;
  return {
    command: [program, `-C${path}`, `-C${target}`, '--', source],
    files: [{ path, content: `${settings[generation]}root:${root}\nout:${image}\n` }],
  };
}
