import type { Bench } from './bench.ts';
import { episodeOverhead } from './episode-overhead.ts';
import { pythonCalls } from './python-calls.ts';
import { typescriptCheck } from './typescript-check.ts';
import { verilog } from './verilog.ts';

/** Every bench, in the order in which they run. */
export const benches: readonly Bench[] = [pythonCalls, typescriptCheck, verilog, episodeOverhead];
