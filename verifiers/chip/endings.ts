import type { Ending } from '../sandbox/index.ts';
import type { Diagnostic } from '../verdict.ts';
import type { ChipSpec } from './spec.ts';

type Limits = ChipSpec['limits'];

const reasons: Record<Exclude<Ending['by'], 'exit' | 'signal'>, (limits: Limits) => string> = {
  'cpu-limit': ({ cpuSeconds }) => `used more than ${cpuSeconds} s of CPU time`,
  'wall-limit': ({ cpuSeconds }) => `did not end in the time that goes with ${cpuSeconds} s of CPU time`,
  'memory-limit': ({ memoryMiB }) => `used more than ${memoryMiB} MiB of memory`,
  'output-limit': () => 'printed without end',
  protocol: () => 'wrote where it must not',
};

/** Why a job did not end well, as a message about `what`; its code is that of the bound. */
export function endingFault(ending: Ending, what: string, limits: Limits): Diagnostic | undefined {
  if (ending.by === 'exit')
    return ending.code === 0 ? undefined : fault('crashed', `${what} ended with exit code ${ending.code}`);
  if (ending.by === 'signal') return fault('crashed', `${what} was ended by ${ending.signal}`);
  return fault(ending.by, `${what} ${reasons[ending.by](limits)}`);
}

const fault = (code: string, message: string): Diagnostic => ({ severity: 'error', message, code });
