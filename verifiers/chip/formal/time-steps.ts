import type { TimeModel } from './clocking.ts';

/** Registers that take their data only in steps in which their clock is 1. */
export const enablesFile = {
  path: 'enables.v',
  content: `(* techmap_celltype = "$dff" *)
module at_edge (CLK, D, Q);
  parameter WIDTH = 1;
  parameter CLK_POLARITY = 1;
  input CLK;
  input [WIDTH-1:0] D;
  output [WIDTH-1:0] Q;
  \\$dffe #(.WIDTH(WIDTH), .CLK_POLARITY(CLK_POLARITY), .EN_POLARITY(1'b1))
    _TECHMAP_REPLACE_ (.CLK(CLK), .EN(CLK), .D(D), .Q(Q));
endmodule
(* techmap_celltype = "$adff" *)
module at_edge_with_reset (CLK, ARST, D, Q);
  parameter WIDTH = 1;
  parameter CLK_POLARITY = 1;
  parameter ARST_POLARITY = 1;
  parameter ARST_VALUE = 0;
  input CLK, ARST;
  input [WIDTH-1:0] D;
  output [WIDTH-1:0] Q;
  \\$adffe #(.WIDTH(WIDTH), .CLK_POLARITY(CLK_POLARITY), .EN_POLARITY(1'b1), .ARST_POLARITY(ARST_POLARITY),
    .ARST_VALUE(ARST_VALUE)) _TECHMAP_REPLACE_ (.CLK(CLK), .EN(CLK), .ARST(ARST), .D(D), .Q(Q));
endmodule
`,
};

/**
 * What makes of all registers some that move at each step, for each model of time. By `events` the level of the clock tells
 * whether a step has an edge.
 */
export const toSteps: Record<TimeModel['by'], readonly string[]> = {
  cycles: ['async2sync'],
  events: ['dffunmap', `techmap -map ${enablesFile.path}`, 'dffunmap -ce-only', 'async2sync'],
  edges: ['clk2fflogic'],
};
