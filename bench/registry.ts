import type { Bench } from './bench.ts';
import { cppPrograms } from './cpp-programs.ts';
import { episodeOverhead } from './episode-overhead.ts';
import { equivalence } from './equivalence.ts';
import { humanEval } from './human-eval.ts';
import { javascriptCalls } from './javascript-calls.ts';
import { pythonCalls } from './python-calls.ts';
import { stdioInputs } from './stdio-inputs.ts';
import { typescriptCheck } from './typescript-check.ts';
import { verilog } from './verilog.ts';
import { verilogEval } from './verilog-eval.ts';

/** Every bench, in the order in which they run. */
export const benches: readonly Bench[] = [
  pythonCalls,
  humanEval,
  javascriptCalls,
  typescriptCheck,
  cppPrograms,
  stdioInputs,
  verilog,
  verilogEval,
  equivalence,
  episodeOverhead,
];
