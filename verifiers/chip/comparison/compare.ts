import type { Port } from '../spec.ts';
import { type Plan, rowBytes } from '../stimulus/plan.ts';

/** How often an output differs where the reference defines it. */
export type OutputMismatches = { output: string; samples: number; total: number };

/** All that is wrong at the first row where anything is; levels in binary, by port. */
export type FirstMismatch = {
  /** Rows and cycles count from 0. */
  row: number;
  cycle: number;
  part: string;
  phase?: 'inactive' | 'active';
  outputs: string[];
  inputs: Record<string, string>;
  expected: Record<string, string>;
  got: Record<string, string>;
};

export type Comparison = { mismatches: OutputMismatches[]; wrongRows: number; first?: FirstMismatch };

/** An output's place in a line of a trace. */
type Field = { port: Port; from: number; to: number };

/** Where each port stands in a line of a trace. */
export function traceFields(plan: Pick<Plan, 'inputs' | 'outputs'>): { inputs: Field[]; outputs: Field[] } {
  let at = 0;
  const field = (port: Port): Field => {
    const from = at;
    at += port.width;
    return { port, from, to: at };
  };
  return { inputs: plan.inputs.map(field), outputs: plan.outputs.map(field) };
}

/**
 * The four-state rule, bit by bit: where the reference is X, anything will do; where it is 0, 1 or Z, the candidate
 * must be the same. A candidate's X or Z is never taken for a 0 or 1.
 */
export function levelsAgree(expected: string, got: string): boolean {
  if (expected === got) return true;
  for (let bit = 0; bit < expected.length; bit += 1)
    if (expected[bit] !== 'x' && expected[bit] !== got[bit]) return false;
  return true;
}

/** Compares two whole traces of one plan; `expected` is the reference's. */
export function compareSamples(plan: Plan, expected: string, got: string): Comparison {
  if (expected === got) return { mismatches: [], wrongRows: 0 };
  const stride = rowBytes(plan);
  const fields = traceFields(plan).outputs;
  const counts = new Map<string, number>();
  let first: number | undefined;
  let wrongRows = 0;
  for (let row = 0; row < plan.rows.length; row += 1) {
    const at = row * stride;
    const wrong = fields.filter(
      ({ from, to }) => !levelsAgree(expected.slice(at + from, at + to), got.slice(at + from, at + to)),
    );
    for (const { port } of wrong) counts.set(port.name, (counts.get(port.name) ?? 0) + 1);
    if (wrong.length === 0) continue;
    first ??= row;
    wrongRows += 1;
  }
  const total = plan.rows.length;
  const mismatches = [...counts].map(([output, samples]) => ({ output, samples, total }));
  if (first === undefined) return { mismatches, wrongRows };
  return { mismatches, wrongRows, first: describe(plan, expected, got, first) };
}

function describe(plan: Plan, expected: string, got: string, row: number): FirstMismatch {
  const at = row * rowBytes(plan);
  const fields = traceFields(plan);
  const levels = (trace: string, list: Field[]) =>
    Object.fromEntries(list.map(({ port, from, to }) => [port.name, trace.slice(at + from, at + to)]));
  const [wanted, had] = [levels(expected, fields.outputs), levels(got, fields.outputs)];
  const part = plan.parts.findLast(({ from }) => from <= row)?.name ?? 'directed';
  return {
    row,
    cycle: Math.floor(row / plan.rowsPerCycle),
    part,
    ...(plan.rowsPerCycle === 2 &&
      part !== 'recorded' && { phase: row % 2 === 0 ? ('inactive' as const) : ('active' as const) }),
    outputs: Object.keys(wanted).filter((name) => !levelsAgree(wanted[name] ?? '', had[name] ?? '')),
    inputs: levels(expected, fields.inputs),
    expected: wanted,
    got: had,
  };
}

/** The outputs of which a trace never defines any bit; a task cannot ask for what its reference does not say. */
export function undefinedOutputs(plan: Plan, trace: string): string[] {
  const stride = rowBytes(plan);
  const isDefined = ({ from, to }: Field) => {
    for (let row = 0; row < plan.rows.length; row += 1)
      if (/[01z]/.test(trace.slice(row * stride + from, row * stride + to))) return true;
    return false;
  };
  const undefinedFields = traceFields(plan).outputs.filter((field) => !isDefined(field));
  return undefinedFields.map(({ port }) => port.name);
}
