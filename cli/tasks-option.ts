import { type Command, Option } from 'commander';

/** The option by which every command is told its tasks: a list of selectors for `loadTasks`. */
export type TasksFlags = { tasks: string[] };

/** Adds `--tasks`, which may be repeated. A command without a `standard` selection demands it. */
export function addTasksOption(command: Command, standard?: string): Command {
  const option = new Option('--tasks <selector>', 'ids, globs, folders or format:path, joined by commas')
    .argParser((word: string, earlier?: string[]) => [
      ...(earlier === standardList ? [] : (earlier ?? [])),
      word,
    ])
    .makeOptionMandatory(standard === undefined);
  const standardList = standard === undefined ? undefined : [standard];
  return command.addOption(standardList ? option.default(standardList, standard) : option);
}
