import { Command, CommanderError } from 'commander';
import { AssayError } from '../verifiers/errors.ts';
import { version } from '../verifiers/version.ts';
import { type CommandRow, commandTable } from './command-table.ts';
import { exitCodes } from './exit-codes.ts';
import { printError } from './print-error.ts';

await main(process.argv.slice(2));

async function main(argv: string[]): Promise<void> {
  endQuietlyWithoutReader();
  try {
    await (await createProgram(argv)).parseAsync(argv, { from: 'user' });
  } catch (thrown) {
    if (isAnswered(thrown)) return;
    process.exitCode = printError(asUsageError(thrown, argv), argv.includes('--json'));
  }
}

/** The whole command line with only the modules of the commands that `argv` names loaded. */
async function createProgram(argv: string[]): Promise<Command> {
  const program = new Command('assay')
    .description('Environments and verifiers for reinforcement learning on code and chip design')
    .version(version)
    .exitOverride()
    // Errors are printed in one place, `printError`.
    .configureOutput({ outputError: () => {} });
  for (const row of commandTable) await addCommand(program, row, argv);
  return program;
}

async function addCommand(program: Command, row: CommandRow, argv: string[]): Promise<void> {
  const command = program.command(row.name).description(row.summary);
  // `assay help <command>` names it second.
  if (argv.slice(0, 2).includes(row.name)) (await row.load()).register(command);
}

/** Help and version are thrown too, once they have been printed. */
function isAnswered(thrown: unknown): boolean {
  if (!(thrown instanceof CommanderError)) return false;
  const helpInsteadOfWork = thrown.code === 'commander.help' && thrown.exitCode !== 0;
  if (helpInsteadOfWork) process.exitCode = exitCodes.usage;
  return helpInsteadOfWork || thrown.exitCode === 0;
}

function asUsageError(thrown: unknown, argv: string[]): unknown {
  if (!(thrown instanceof CommanderError)) return thrown;
  const what = thrown.message.replace(/^error: /, '').replaceAll('\n', ' ');
  const row = commandTable.find(({ name }) => name === argv[0]);
  const help = row ? `assay ${row.name} --help` : 'assay --help';
  return new AssayError('USAGE', `${what} — see "${help}"`, { cause: thrown });
}

/** A reader that has seen enough (`| head`) is no error. */
function endQuietlyWithoutReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
}
