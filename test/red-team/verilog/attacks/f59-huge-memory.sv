module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  reg [4095:0] m [0:16777215];
  integer i;
  initial for (i = 0; i < 16777216; i = i + 1) m[i] = ~0;
endmodule
