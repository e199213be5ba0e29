import { type ChipSpec, chipSpecSchema } from '../../../verifiers/chip/spec.ts';
import type { Check, Diagnostic } from '../../../verifiers/verdict.ts';
import type { ChipTask } from './verilog-eval.ts';

type SpecInput = Parameters<typeof chipSpecSchema.parse>[0] & object;

/** A chip task for a test; what is not given stands at its default. */
export function chipTask(reference: string, spec: SpecInput): ChipTask {
  return {
    id: 'test/design',
    reference,
    verify: chipSpecSchema.parse({ kind: 'chip', top: 'top', ...spec }),
  };
}

export const port = (name: string, direction: 'input' | 'output', width = 1): ChipSpec['ports'][number] => ({
  name,
  direction,
  width,
});

const counterPorts = [
  port('clk', 'input'),
  port('reset', 'input'),
  port('up', 'input'),
  port('q', 'output', 4),
];

/** A counter with a synchronous reset. */
export const counterReference = `
module top(input clk, input reset, input up, output reg [3:0] q);
  always @(posedge clk)
    if (reset) q <= 0;
    else if (up) q <= q + 1;
endmodule
`;
export const counter = chipTask(counterReference, {
  ports: counterPorts,
  clock: { port: 'clk' },
  reset: { port: 'reset' },
  lint: 'off',
});

export const asyncCounter = chipTask(
  counterReference.replace('posedge clk', 'posedge clk or posedge reset'),
  {
    ports: counterPorts,
    clock: { port: 'clk' },
    reset: { port: 'reset', kind: 'async' },
    lint: 'off',
  },
);

/** Where a judgement failed: the check and what it said first, as `check code: message`. */
export function failure(checks: Check[]): string | undefined {
  const failed = checks.find(({ outcome }) => outcome === 'fail');
  return failed && `${failed.name} ${say(failed.diagnostics[0])}`;
}

const say = (found: Diagnostic | undefined) =>
  found?.code ? `${found.code}: ${found.message}` : found?.message;
