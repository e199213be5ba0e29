import type { Command } from 'commander';
import { action } from './action.ts';
import { examples } from './examples.ts';
import { addSandboxOptions, atLeast, type SandboxFlags } from './sandbox-options.ts';
import type { AdmitFlags } from './tasks-admit.ts';
import type { ExportFlags, ImportFlags } from './tasks-convert.ts';
import { addTasksOption, type TasksFlags } from './tasks-option.ts';

export function register(command: Command): void {
  registerList(command.command('list'));
  registerShow(command.command('show'));
  registerCheck(command.command('check'));
  registerImport(command.command('import'));
  registerExport(command.command('export'));
  command
    .command('formats')
    .description('list the formats of tasks that can be read and written')
    .option('--json', 'print one JSON object on stdout')
    .action(
      action(async (_context, flags: { json?: boolean }) => {
        return (await import('./tasks-convert.ts')).listFormats(flags.json ?? false);
      }),
    );
  registerAdmit(command.command('admit'));
  command
    .command('schema')
    .description('print the JSON Schema of task.yaml, for editors')
    .action(action(async () => (await import('./tasks-show.ts')).printSchema()));
  command.addHelpText(
    'after',
    examples('assay tasks list', 'assay tasks show chip/counter', 'assay tasks check ./my-task'),
  );
}

function registerList(command: Command): void {
  addTasksOption(command.description('list tasks'), 'all')
    .option('--json', 'print one JSON object on stdout')
    .addHelpText('after', examples('assay tasks list', 'assay tasks list --tasks "chip/*" --json'))
    .action(
      action(async (_context, flags: TasksFlags & { json?: boolean }) => {
        return (await import('./tasks-show.ts')).listTasks(flags.tasks, flags.json ?? false);
      }),
    );
}

function registerShow(command: Command): void {
  command
    .description('show what a task asks for')
    .argument('<task>', 'id of a shipped task, a task folder, or a task.yaml')
    .option('--reveal', 'show the hidden cases or stimulus and the reference too')
    .option('--json', 'print one JSON object on stdout')
    .addHelpText('after', examples('assay tasks show chip/counter', 'assay tasks show chip/counter --reveal'))
    .action(
      action(async (_context, selector: string, flags: { reveal?: boolean; json?: boolean }) => {
        return (await import('./tasks-show.ts')).showTask(
          selector,
          flags.reveal ?? false,
          flags.json ?? false,
        );
      }),
    );
}

function registerImport(command: Command): void {
  command
    .description('convert a public set into folders of tasks')
    .argument('<format>', 'one of "assay tasks formats", with options behind it: code-contests+cpp')
    .argument('<path>', 'the file or folder of the set')
    .requiredOption('--out <folder>', 'a new folder, which gets one folder for each task')
    .option('--json', 'print one JSON object on stdout')
    .addHelpText(
      'after',
      convertExplanation('assay tasks import humaneval HumanEval.jsonl.gz --out humaneval'),
    )
    .action(
      action(async ({ signal }, format: string, path: string, flags: ImportFlags) => {
        return (await import('./tasks-convert.ts')).importSet(format, path, flags, signal);
      }),
    );
}

function registerExport(command: Command): void {
  addTasksOption(command.description('write tasks in a public format'))
    .argument('<format>', 'one of those that "assay tasks formats" says are written too')
    .requiredOption('--out <path>', 'a new file, or a new folder for formats of folders')
    .option('--json', 'print one JSON object on stdout')
    .addHelpText(
      'after',
      convertExplanation('assay tasks export nemo-gym --tasks "python/*" --out rows.jsonl'),
    )
    .action(
      action(async (_context, format: string, flags: ExportFlags) => {
        return (await import('./tasks-convert.ts')).exportSet(format, flags);
      }),
    );
}

const convertExplanation = (example: string) => `
What cannot be converted is told on stderr, by its line or id and with the reason.
Exit codes: 0 all is converted, 1 something is left out, 2 wrong usage or input, 130 interrupted.
${examples(example)}`;

function registerCheck(command: Command): void {
  addSandboxOptions(command)
    .description('prove tasks: the reference passes, empty answers and mutants fail, limits hold')
    .argument('[tasks...]', 'ids, globs, folders or format:path', ['all'])
    .option('--json', 'print one JSON object on stdout')
    .addHelpText('after', checkExplanation)
    .action(
      action(async ({ signal }, selectors: string[], flags: SandboxFlags & { json?: boolean }) => {
        return (await import('./tasks-check.ts')).checkTasks(selectors, flags, signal);
      }),
    );
}

function registerAdmit(command: Command): void {
  addSandboxOptions(command)
    .description('prove chip tasks before any model sees them, and store a certificate beside each')
    .argument('<tasks...>', 'ids, globs, folders or format:path')
    .option('--mutants <n>', 'mutants of each reference', atLeast(1), 60)
    .option(
      '--instances <n>',
      'instances of each task with parameters, with a fifth of the mutants',
      atLeast(0),
      2,
    )
    .option('--certificates <folder>', 'for tasks that have no folder of their own', 'admission')
    .option('--fresh', 'prove again what has a certificate')
    .option('--json', 'print one JSON object on stdout')
    .addHelpText('after', admitExplanation)
    .action(
      action(async ({ signal }, selectors: string[], flags: AdmitFlags) => {
        return (await import('./tasks-admit.ts')).admitTasks(selectors, flags, signal);
      }),
    );
}

const admitExplanation = `
A task whose certificate speaks of its present text and of the installed tools is not proved again, so a
command that was stopped goes on where it was.
Exit codes: 0 every task is admitted, 1 one is not, 2 wrong usage or an invalid task, 3 a tool or the sandbox
is missing, 130 interrupted.
${examples('assay tasks admit "chip/*"', 'assay tasks admit "./my-tasks@0..9" --mutants 200 --json')}`;

const checkExplanation = `
Exit codes: 0 every task is proved, 1 one is not, 2 wrong usage or an invalid task, 3 a tool or the sandbox is
missing, 130 interrupted.
${examples('assay tasks check', 'assay tasks check "python/*" ./my-task --json')}`;
