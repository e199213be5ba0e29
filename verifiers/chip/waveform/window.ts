import { levelsAgree, traceFields } from '../comparison/compare.ts';
import type { Port } from '../spec.ts';
import { type Plan, rowBytes } from '../stimulus/plan.ts';

/** A port during a stretch of rows; `expected` and `isWrong` for outputs alone. */
export type Lane = { port: Port; levels: string[]; expected?: string[]; isWrong?: boolean[] };

/** A stretch of two traces of one plan. Rows count from 0, from the start of the plan. */
export type Window = { from: number; rows: number; rowsPerCycle: 1 | 2; inputs: Lane[]; outputs: Lane[] };

/** What is to be seen: whole cycles before and after the one that holds `row`. */
export type Extent = { row: number; before: number; after: number };

/** Cuts whole cycles out of a reference's trace and a candidate's; what a trace that ended early lacks is X. */
export function windowOf(plan: Plan, expected: string, got: string, extent: Extent): Window {
  const { rowsPerCycle } = plan;
  const cycle = Math.floor(extent.row / rowsPerCycle);
  const from = Math.max(0, cycle - extent.before) * rowsPerCycle;
  const end = Math.min(plan.rows.length, (cycle + extent.after + 1) * rowsPerCycle);
  const stride = rowBytes(plan);
  const fields = traceFields(plan);
  const rows = Array.from({ length: end - from }, (_, index) => (from + index) * stride);
  const levels = (trace: string, { port, from: first, to }: (typeof fields.inputs)[number]) =>
    rows.map((at) => trace.slice(at + first, at + to).padEnd(port.width, 'x'));
  const inputs = fields.inputs.map((field) => ({ port: field.port, levels: levels(expected, field) }));
  const outputs = fields.outputs.map((field) => {
    const [wanted, had] = [levels(expected, field), levels(got, field)];
    const isWrong = had.map((level, index) => !levelsAgree(wanted[index] ?? '', level));
    return { port: field.port, levels: had, expected: wanted, isWrong };
  });
  return { from, rows: rows.length, rowsPerCycle, inputs, outputs };
}
