module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  initial begin wait (0); end
  always wait (q == 0) q = q;
endmodule
