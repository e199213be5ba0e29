import { exitCodes } from './exit-codes.ts';

/** What a command's work is given beside its arguments. */
export type ActionContext = {
  /** Aborted by the first Ctrl-C (or SIGTERM); a second one ends the process at once. */
  signal: AbortSignal;
};

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Wraps the work of a command for commander's `action`: it runs under a signal that Ctrl-C aborts, and the process
 * ends with the exit code it answers. What it throws reaches `cli/main`, the one place that prints errors.
 */
export function action<Args extends unknown[]>(
  work: (context: ActionContext, ...args: Args) => Promise<number>,
): (...args: Args) => Promise<void> {
  return async (...args) => {
    const controller = new AbortController();
    const stop = () => {
      if (controller.signal.aborted) process.exit(exitCodes.interrupted);
      controller.abort();
    };
    for (const name of stopSignals) process.on(name, stop);
    try {
      const exitCode = await work({ signal: controller.signal }, ...args);
      process.exitCode = controller.signal.aborted ? exitCodes.interrupted : exitCode;
    } finally {
      for (const name of stopSignals) process.off(name, stop);
    }
  };
}
