import type { CallOptions, Sandbox } from '../verifiers/sandbox/sandbox.ts';

/**
 * A view of `sandbox` whose calls also end with the signal that `current` names when they start. It lets the work
 * of something long-lived be cancelled piece by piece. Closing it is its owner's affair.
 */
export function cancellable(sandbox: Sandbox, current: () => AbortSignal | undefined): Sandbox {
  const withCurrent = (options: CallOptions = {}): CallOptions => {
    const signals = [options.signal, current()].filter((signal) => signal !== undefined);
    return { ...options, signal: AbortSignal.any(signals) };
  };
  return {
    level: sandbox.level,
    run: (job, options) => sandbox.run(job, withCurrent(options)),
    ask: (service, question, deadlineMs, options) =>
      sandbox.ask(service, question, deadlineMs, withCurrent(options)),
    close: async () => {},
  };
}
