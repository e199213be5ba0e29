import { z } from 'zod';
import { outermostModules } from '../../verifiers/chip/verilog/outermost.ts';
import { tokenize } from '../../verifiers/chip/verilog/tokens.ts';
import { AssayError } from '../../verifiers/errors.ts';
import { jsonIn } from '../../verifiers/json-in.ts';
import { readText } from '../files/read-text.ts';
import type { Loaded } from '../loading/loaded.ts';
import type { ForeignTask } from './chip/foreign-task.ts';
import { type ForeignRow, rowProblems, tasksOf } from './chip/read-foreign.ts';
import type { FormatOptions } from './options.ts';

const maxBytes = 64 << 20;
const problemSchema = z.object({
  module: z.string().min(1),
  Problem: z.string().min(1),
  'Module header': z.string(),
  Testbench: z.string().min(1),
});
const fileSchema = z.record(z.string(), z.array(z.unknown()));

/**
 * ResBench: one JSON object of problems by category. The set has no references, so its benches judge; where what it calls
 * the header of a module is a whole module, that is the reference, and the prompt has its header alone.
 */
export function readTasks(path: string, origin: string, options?: FormatOptions): AsyncGenerator<Loaded> {
  return tasksOf('resbench', rowsOf(path, origin), options);
}

async function* rowsOf(path: string, origin: string): AsyncGenerator<ForeignRow> {
  const file = fileSchema.safeParse(jsonIn(await readText(path, maxBytes)));
  if (!file.success) {
    const remedy = 'give its problems.json, an object of lists of problems';
    throw new AssayError('FILE_UNREADABLE', `${path} is not a file of ResBench — ${remedy}`);
  }
  for (const [category, problems] of Object.entries(file.data)) {
    for (const [index, value] of problems.entries()) {
      const place = `${origin}: ${category}[${index}]`;
      const parsed = problemSchema.safeParse(value);
      if (parsed.success) yield { origin: place, foreign: problem(category, parsed.data) };
      else yield { origin: place, problems: rowProblems(place, parsed.error) };
    }
  }
}

function problem(category: string, row: z.infer<typeof problemSchema>): ForeignTask {
  const { module: id, Problem: description, 'Module header': given, Testbench: bench } = row;
  const isWhole = /\bendmodule\b/.test(given);
  const header = isWhole ? given.slice(0, given.indexOf(';') + 1) : given;
  const modules = outermostModules(tokenize(bench));
  return {
    id,
    title: id.replaceAll('_', ' '),
    difficulty: 'medium',
    tags: ['resbench', category.toLowerCase().replaceAll(/\W+/g, '-')],
    source: {
      author: 'ResBench',
      licence: 'see its repository',
      url: 'https://github.com/jultrishyyy/ResBench',
    },
    prompt: `${description.trim()}\n\n${header}\n`,
    language: 'systemverilog',
    top: id,
    reference: isWhole ? given : '',
    header,
    bench: {
      kind: 'verilog',
      text: bench,
      top: modules.at(-1) ?? 'testbench',
      passes: 'All tests passed',
      fails: [],
      files: {},
      report: false,
    },
    mutants: [],
    recordedOnly: false,
    notes: isWhole ? ['the header that the set shows holds the answer; the prompt has the header alone'] : [],
  };
}
