module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  reg z = 0;
  always @(z) z <= ~z;
  initial z <= 1;
endmodule
