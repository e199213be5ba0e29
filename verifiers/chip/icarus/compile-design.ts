import {
  type CallOptions,
  type Ending,
  type JobFile,
  type Limits,
  productPath,
  type Sandbox,
} from '../../sandbox/index.ts';
import type { ChipSpec } from '../spec.ts';
import type { ChipTools } from './tools.ts';

export type CompileOptions = CallOptions & {
  sandbox: Sandbox;
  tools: ChipTools;
  limits: Limits;
  language: ChipSpec['language'];
  /** The outermost module. */
  root: string;
  /** The name under which messages speak of the text. */
  file: string;
};

/** What a compiler said, and the image that `simulateImage` runs; none where it failed. */
export type Compiled = { image?: string; messages: string; ending: Ending };

const maxImageBytes = 64 << 20;

/** The edition of the language that the compiler reads for a task's language. */
const generations: Record<ChipSpec['language'], '2005' | '2012'> = { verilog: '2005', systemverilog: '2012' };

/** Compiles one text, and nothing beside it, in a job of its own. */
export async function compileDesign(text: string, options: CompileOptions): Promise<Compiled> {
  const { sandbox, tools, limits, file, signal } = options;
  const { argv, files } = commandFor(options);
  const job = {
    argv,
    files: [{ path: file, content: text }, ...files],
    product: true,
    ...(tools.icarus.direct && { tool: { libraries: tools.icarus.libraries } }),
    limits: { ...limits, outputBytes: maxImageBytes },
  };
  const { stdout, stderr, ending } = await sandbox.run(job, { ...(signal && { signal }) });
  const messages = stderr.text;
  if (ending.by !== 'exit' || ending.code !== 0) return { messages, ending };
  if (stdout.truncated) return { messages, ending: { by: 'output-limit' } };
  return { messages, ending, ...(stdout.bytes > 0 && { image: stdout.text }) };
}

/** The compiler proper where it was found, else its front end, which does the same more slowly. */
function commandFor({ tools, language, root, file }: CompileOptions): { argv: string[]; files: JobFile[] } {
  const generation = generations[language];
  const { direct } = tools.icarus;
  if (!direct) {
    const flags = [`-g${generation}`, '-Wall', '-s', root, '-o', productPath];
    return { argv: ['iverilog', ...flags, file], files: [] };
  }
  const settings = {
    path: 'settings',
    content: `${direct.settings[generation]}root:${root}\nout:${productPath}\n`,
  };
  return {
    argv: [direct.program, `-C${settings.path}`, `-C${direct.target}`, '--', file],
    files: [settings],
  };
}
