`timescale 1ns / 1ps
`default_nettype none
`define WIDTH 4
`define NEXT(now, step) ((now) + (step))
(* keep_hierarchy = "yes" *)
module top(input wire clk, input wire reset, input wire up, output reg [`WIDTH-1:0] q);
`ifdef SYNTHESIS
  this is not even Verilog
`endif
  (* full_case *)
  always @(posedge clk)
    if (reset) q <= `WIDTH'd0;
    else if (up) q <= `NEXT(q, 1'b1);
endmodule
`default_nettype wire
