`define posedge negedge
`define row 0
`timescale 1ps/1ps
`default_nettype none
module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  always @(posedge clk) q <= 0;
endmodule
