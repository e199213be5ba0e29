import { z } from 'zod';
import { languages } from '../../verifiers/code/languages/index.ts';
import { stubPrompt } from './python-stub.ts';
import { RowError } from './reading/row-error.ts';
import { rowFormat } from './row-format.ts';
import type { TaskRow } from './task-row.ts';

const rowSchema = z.looseObject({
  name: z.string().min(1),
  language: z.string(),
  prompt: z.string(),
  tests: z.string().min(1),
});
type MultiplERow = z.infer<typeof rowSchema>;

/** MultiPL-E: HumanEval and MBPP in other languages, each row a stub and the text of its tests. */
export const readTasks = rowFormat(rowSchema, toTask);

function toTask(row: MultiplERow): TaskRow {
  const dialect = dialectOf(row.language);
  const header = [...row.prompt.matchAll(dialect.header)].at(-1);
  const entry = header?.[1];
  if (!header || entry === undefined) throw new RowError('its prompt defines no function that can be found');
  const { language, framework, split } = dialect;
  return {
    schema: 1,
    id: row.name,
    title: entry,
    difficulty: 'medium',
    source: {
      author: 'MultiPL-E',
      licence: 'as its authors publish it',
      url: 'https://github.com/nuprl/MultiPL-E',
    },
    prompt: stubPrompt(row.prompt, language, languages.get(language)?.title ?? language),
    verify: {
      kind: 'code',
      language,
      mode: 'assertions',
      entry,
      ...(split && { headers: [header[0]] }),
      suite: {
        framework,
        text: split ? split.suite(row) : row.tests.trimStart(),
        ...(split?.module && { modules: [split.module] }),
      },
      limits: { cpuSeconds: 10, memoryMiB: 512 },
    },
    frame: {
      ...(split && { before: split.before(row) }),
      stub: { entry: split?.module ?? entry, before: row.prompt, closesBraces: split !== undefined },
    },
  };
}

type Dialect = {
  language: string;
  framework: string;
  /** Finds the last line of a prompt, the header of the function, and in it the function's name. */
  header: RegExp;
  /** For languages whose suites are compiled apart from the candidate. */
  split?: {
    /** The suite as a program of its own, with what stands before the function in the prompt. */
    suite(row: MultiplERow): string;
    /** What stands before a whole solution. */
    before(row: MultiplERow): string;
    /** The class that holds the function. */
    module?: string;
  };
};

const script = { framework: 'node-assert', header: /^function (\w+)\(.*\{\s*$/gm };

/** The lines of a prompt that bring other code in. */
const linesOf = ({ prompt }: MultiplERow, wanted: RegExp): string =>
  prompt
    .split('\n')
    .filter((line) => wanted.test(line))
    .map((line) => `${line}\n`)
    .join('');

/** Tests begin with the brace that closes the function which their prompt leaves open. */
const withoutBrace = ({ tests }: MultiplERow): string => tests.replace(/^\s*\}\s*/, '');

const includes = (row: MultiplERow) => linesOf(row, /^#include/);
const imports = (row: MultiplERow) => linesOf(row, /^import /);

/** All that a prompt in Go has before the first comment: its package and imports. */
const goHead = ({ prompt }: MultiplERow): string => prompt.split(/^(?=\/\/|func )/m)[0] ?? '';

const go: Dialect = {
  language: 'go',
  framework: 'go-test',
  header: /^func (\w+)\(.*\{\s*$/gm,
  split: { suite: (row) => `${goHead(row)}${row.tests}`, before: () => '' },
};

/** The set's names of languages. */
const dialects: Readonly<Record<string, Dialect>> = {
  js: { language: 'javascript', ...script },
  ts: { language: 'typescript', ...script },
  cpp: {
    language: 'cpp',
    framework: 'main',
    header: /^[\w:][\w:<>, *&]*[ *&](\w+)\(.*\)\s*\{\s*$/gm,
    split: { suite: (row) => `${includes(row)}${withoutBrace(row)}`, before: includes },
  },
  go,
  // As the published rows have it.
  'go_test.go': go,
  rs: {
    language: 'rust',
    framework: 'main',
    header: /^fn (\w+)\(.*\{\s*$/gm,
    split: { suite: (row) => `${linesOf(row, /^use /)}${withoutBrace(row)}`, before: () => '' },
  },
  java: {
    language: 'java',
    framework: 'main',
    header: /^\s*public static [^\n]*?(\w+)\([^\n]*\)\s*\{\s*$/gm,
    split: {
      // The tests are the rest of the class that a prompt begins.
      suite: (row) => `${imports(row)}class Tests extends Problem {\n${withoutBrace(row)}`,
      before: imports,
      module: 'Problem',
    },
  },
};

function dialectOf(name: string): Dialect {
  const dialect = Object.hasOwn(dialects, name) ? dialects[name] : undefined;
  if (dialect) return dialect;
  const known = Object.keys(dialects).join(', ');
  throw new RowError(`its language "${name}" has no suites here: rows of ${known} can be judged`);
}
