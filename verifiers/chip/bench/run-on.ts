import type { BenchOutcome, BenchTrial } from './bench-job.ts';
import { runCocotbBench } from './cocotb-bench.ts';
import { runScriptBench } from './script-bench.ts';
import type { BenchSpec } from './spec.ts';
import { runVerilogBench } from './verilog-bench.ts';

/** Runs a bench of any kind on a design. */
export function runOn(bench: BenchSpec, trial: BenchTrial): Promise<BenchOutcome> {
  if (bench.kind === 'verilog') return runVerilogBench(bench, trial);
  return bench.kind === 'cocotb' ? runCocotbBench(bench, trial) : runScriptBench(bench, trial);
}
