`define m0 q + q
`define m1 `m0 + `m0 + `m0 + `m0
`define m2 `m1 + `m1 + `m1 + `m1
`define m3 `m2 + `m2 + `m2 + `m2
`define m4 `m3 + `m3 + `m3 + `m3
`define m5 `m4 + `m4 + `m4 + `m4
`define m6 `m5 + `m5 + `m5 + `m5
`define m7 `m6 + `m6 + `m6 + `m6
`define m8 `m7 + `m7 + `m7 + `m7
`define m9 `m8 + `m8 + `m8 + `m8
`define m10 `m9 + `m9 + `m9 + `m9
module top(input clk, input reset, input up, output [3:0] q);
  assign q = `m10;
endmodule
